"""The report and the data files that readers take away: pages, charts, tables, CSV, the site's index.

Reads published observations through `door`, never records. Not its business: computing or withholding figures.
"""

from yearbook.publish.edition import publish_year
from yearbook.publish.report.compared import tell_comparators
from yearbook.publish.site.pages import publish_site

__all__ = ["publish_site", "publish_year", "tell_comparators"]
