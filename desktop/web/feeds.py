"""What other programs fetch by themselves: the feed of new titles, the list of all pages, how a
browser asks this catalogue, and what search engines may look at."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from database.library import Session
from database.policy.house import ProfileFacts
from database.public import titles
from desktop.web.links import Links
from desktop.web.lists import newest
from desktop.web.rows import kind
from desktop.words.language import _, current

ENTRIES, MOST_PAGES = 50, 50_000
"""Titles of a feed; addresses of one sitemap, by its protocol."""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def atom(session: Session, profile: ProfileFacts, links: Links, address: str, now: datetime) -> str:
    """New titles as Atom (RFC 4287)."""
    entries = []
    for one in newest(session, ENTRIES):
        page = address + links.title(one.id)
        day = one.created_on or now.date()
        about = " · ".join(
            part for part in (one.contributors, str(one.year or ""), one.call_number) if part
        )
        entries.append(
            f"<entry><title>{escape(one.title)}</title><id>{escape(page)}</id>"
            f"<link rel='alternate' href={quoteattr(page)}/>"
            f"<updated>{day:%Y-%m-%d}T00:00:00Z</updated>"
            f"<category term={quoteattr(kind(one.material))}/>"
            f"<summary>{escape(about)}</summary></entry>"
        )
    own = address + links.feed()
    title = _("New titles: {name}").format(name=profile.name)
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{current()}'>"
        f"<title>{escape(title)}</title><id>{escape(own)}</id>"
        f"<link rel='self' href={quoteattr(own)}/>"
        f"<link rel='alternate' href={quoteattr(address + links.new())}/>"
        f"<updated>{_moment(now)}</updated><author><name>{escape(profile.name)}</name></author>"
        + "".join(entries)
        + "</feed>\n"
    )


def sitemap(session: Session, links: Links, address: str) -> str:
    """Every page that stays (sitemaps.org, protocol 0.9)."""
    pages = [links.home(), *map(links.place, ("baru", "ppk", "jam", "bangsal"))]
    told = [f"<url><loc>{escape(address + page)}</loc></url>" for page in pages]
    told += [
        f"<url><loc>{escape(address + links.title(number))}</loc>"
        f"<lastmod>{moment:%Y-%m-%d}</lastmod></url>"
        for number, moment in titles.every(session)[: MOST_PAGES - len(pages)]
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "\n".join(told)
        + "</urlset>\n"
    )


def opensearch(profile: ProfileFacts, links: Links, address: str) -> str:
    """How a browser's own search box asks this catalogue (OpenSearch 1.1)."""
    template = f"{address}{links.search_place()}?q={{searchTerms}}"
    short = (profile.short_name or profile.name)[:16]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(short)}</ShortName><Description>{escape(profile.name)}</Description>"
        f'<Url type="text/html" template={quoteattr(template)}/>'
        "<InputEncoding>UTF-8</InputEncoding></OpenSearchDescription>\n"
    )


def robots(address: str) -> str:
    """Searches and what changes something are not for machines that follow every link."""
    return (
        "User-agent: *\nDisallow: /cari\nDisallow: /berkas/\nDisallow: /oai\nDisallow: /sru\n"
        f"Sitemap: {address}/sitemap.xml\n"
    )
