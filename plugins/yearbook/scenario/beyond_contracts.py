"""All files but those of contracts, institutions and the register: none of them depends on the scale.

Each dataset is sent in another way. Not its business: what the records are, and how they are written.
"""

from yearbook.scenario.achievements import make_achievements
from yearbook.scenario.claims import make_claims
from yearbook.scenario.disputes import make_disputes
from yearbook.scenario.facilities import make_facilities
from yearbook.scenario.files.achievement_files import achievement_files
from yearbook.scenario.files.claim_files import claim_files
from yearbook.scenario.files.dispute_files import dispute_files
from yearbook.scenario.files.facility_files import facility_files
from yearbook.scenario.files.manager_files import manager_files, recognition_files, service_files
from yearbook.scenario.files.monitoring_files import monitoring_files
from yearbook.scenario.files.project_files import project_files
from yearbook.scenario.files.statistics_files import statistics_files
from yearbook.scenario.files.training_files import training_files
from yearbook.scenario.managers import make_managers, make_recognitions
from yearbook.scenario.monitoring import make_monitoring
from yearbook.scenario.partner_statistics import make_partner_statistics
from yearbook.scenario.projects import make_projects
from yearbook.scenario.scenario import Scenario
from yearbook.scenario.services import make_services
from yearbook.scenario.training import make_modules, make_training


def files_beyond_contracts(scenario: Scenario) -> dict[str, bytes]:
    """Return all files by path."""
    seed, population = scenario.seed, scenario.population
    projects, managers, cohorts = make_projects(population, seed), make_managers(seed), make_training(seed)
    return {
        **achievement_files(make_achievements(population, seed), scenario.names, seed),
        **project_files(projects, seed),
        **facility_files(make_facilities(population, seed), seed),
        **monitoring_files(make_monitoring(projects, seed), seed),
        **statistics_files(make_partner_statistics(seed), seed),
        **manager_files(managers, seed),
        **recognition_files(make_recognitions(managers, seed), seed),
        **service_files(make_services(managers, projects, seed), seed),
        **training_files(cohorts, make_modules(cohorts, seed), seed),
        **claim_files(make_claims(projects, seed), seed),
        **dispute_files(make_disputes(seed), seed),
    }
