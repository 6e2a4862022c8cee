"""The pages on which statisticians look and decide: an application of its own, and some of it as files.

Works without any script, on a phone and by keyboard. Not its business: Airflow (the plugin shows the application
there), who is calling, and what a decision does.
"""

from yearbook.review.pages.app import create_app
from yearbook.review.pages.files import write_review

__all__ = ["create_app", "write_review"]
