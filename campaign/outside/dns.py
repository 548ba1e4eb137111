"""DNS: what a domain has published, asked for when somebody wants to know and never before."""

import functools
from collections.abc import Mapping, Sequence
from typing import Protocol

import dns.exception
import dns.resolver
from dns.rdatatype import RdataType
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT
from dns.rdtypes.IN.A import A
from dns.rdtypes.IN.AAAA import AAAA

from campaign.errors import DnsError

ADDRESS_SECONDS = 1.5  # for each of the two questions for addresses
LIFETIME_SECONDS = 3.0  # for one question, whatever becomes of it


class Resolver(Protocol):
    """Asks the DNS, one question at a time."""

    def txt(self, name: str) -> tuple[str, ...]:
        """Give the TXT records of a name, each with its strings put together; none for a name that is not there.

        Raises DnsError when the DNS cannot be asked, or does not say.
        """
        ...

    def has_mail(self, domain: str) -> bool | None:
        """Tell whether mail to a domain has anywhere to go; None when the DNS cannot be asked."""
        ...

    def addresses(self, name: str) -> tuple[str, ...]:
        """Give all addresses of a host, of either kind; none for a name that is not there.

        Raises DnsError when the DNS cannot be asked, or does not say.
        """
        ...


class DnsResolver:
    """Asks the name servers of this machine, or the given ones; knows nothing of them until the first question."""

    def __init__(self, nameservers: tuple[str, ...] = (), port: int = 53) -> None:
        """Ask nobody yet; without name servers, those of the machine's own configuration."""
        self._nameservers = nameservers
        self._port = port

    def txt(self, name: str) -> tuple[str, ...]:
        """Give the TXT records of a name; see Resolver."""
        found = [one for one in self._asked(name, RdataType.TXT) if isinstance(one, TXT)]
        return tuple(b"".join(one.strings).decode("utf-8", "replace") for one in found)

    def has_mail(self, domain: str) -> bool | None:
        """Tell whether a domain takes mail (RFC 5321, 5.1; a null MX after RFC 7505 says it does not); see Resolver."""
        try:
            exchanges = [one for one in self._asked(domain, RdataType.MX) if isinstance(one, MX)]
            if exchanges:
                return any(one.exchange.labels != (b"",) for one in exchanges)
            return bool(self._asked(domain, RdataType.A) or self._asked(domain, RdataType.AAAA))
        except DnsError:
            return None

    def addresses(self, name: str) -> tuple[str, ...]:
        """Give all addresses of a host; see Resolver. The machine's own hosts file is not asked."""
        found = (*self._asked(name, RdataType.A, ADDRESS_SECONDS), *self._asked(name, RdataType.AAAA, ADDRESS_SECONDS))
        return tuple(one.address for one in found if isinstance(one, A | AAAA))

    def _asked(self, name: str, kind: RdataType, seconds: float = LIFETIME_SECONDS) -> list[object]:
        try:
            answer = self._resolver.resolve(f"{name.rstrip('.')}.", kind, lifetime=seconds, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise DnsError(type(error).__name__) from None
        return list(answer)

    @functools.cached_property
    def _resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self._nameservers)
        if self._nameservers:
            resolver.nameservers = list(self._nameservers)
            resolver.port = self._port
        return resolver


class FakeResolver:
    """Answers from a dictionary: what is not in it is not there, and what is None there cannot be asked."""

    def __init__(
        self,
        texts: Mapping[str, tuple[str, ...] | None] | None = None,
        mail: Mapping[str, bool | None] | None = None,
        hosts: Mapping[str, Sequence[tuple[str, ...] | None]] | None = None,
    ) -> None:
        """Keep TXT records by name, whether mail is taken by domain, and what a host's addresses are, time after time.

        The last answer for a host stands for all that follow. `asked` holds every name asked for.
        """
        self._texts = texts or {}
        self._mail = mail or {}
        self._hosts = {name: list(answers) for name, answers in (hosts or {}).items()}
        self.asked: list[str] = []

    def txt(self, name: str) -> tuple[str, ...]:
        """Give what the dictionary has; see Resolver."""
        self.asked.append(name)
        found = self._texts.get(name, ())
        if found is None:
            raise DnsError("LifetimeTimeout")
        return found

    def has_mail(self, domain: str) -> bool | None:
        """Give what the dictionary has, None for domains that are not in it; see Resolver."""
        self.asked.append(domain)
        return self._mail.get(domain)

    def addresses(self, name: str) -> tuple[str, ...]:
        """Give the next answer for a host, none for one that is not in the dictionary; see Resolver."""
        self.asked.append(name)
        answers = self._hosts.get(name) or [()]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if found is None:
            raise DnsError("LifetimeTimeout")
        return found
