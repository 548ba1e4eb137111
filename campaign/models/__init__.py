"""The tables, typed; import `campaign.models.tables` to have them all."""
