"""The roles of the digitalisation work: Django groups, named here and nowhere else."""

EMPLOYEE = "ansatt"
SECTOR_LEADER = "sektorleder"
DIGITALISATION_TEAM = "digitaliseringsteam"
MANAGEMENT = "ledergruppe"
PROJECT_OWNER = "prosjekteier"
PROJECT_MANAGER = "prosjektleder"
ICT_BOARD = "ikt-styringsråd"
ADMINISTRATOR = "administrator"

ALL = (
    EMPLOYEE,
    SECTOR_LEADER,
    DIGITALISATION_TEAM,
    MANAGEMENT,
    PROJECT_OWNER,
    PROJECT_MANAGER,
    ICT_BOARD,
    ADMINISTRATOR,
)
