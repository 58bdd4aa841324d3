"""Looking for duplicates in the background, after an import or when somebody asks for it."""

from django.utils.translation import gettext as _

from incidents.duplicates.looking import look_at_new
from incidents.jobs import Progress, job
from incidents.models import Job

FIND_DUPLICATES = "find-duplicates"


@job(FIND_DUPLICATES)
def find_duplicates(job: Job, progress: Progress) -> str:
    """Look for records that resemble those that are new or changed; goes on after a kill.

    It says no number: those it looked at may be concealed from whoever asked.
    """
    look_at_new(progress.report)
    return _("All people were looked at. The list of possible duplicates is up to date.")
