"""What the rest of the world calls our columns; alternatives are parted by `|`. Pure data."""

HEADERS: dict[str, str] = {
    "job_number": "job no|job|job id|job code|job ref|job reference|omg no|omg|omg job no|omg id|"
    "project no|project id|project code|docket|docket no|ticket|ticket no|jira|ref|"
    "reference|reference no|po no|wo no|work order|work order no|request id|campaign id|"
    "campaign code|production no|auftragsnummer|jobnummer|projektnummer",
    "project": "project name|project title|job name|job title|campaign|campaign name|campaign title|"
    "title|initiative|show|projekt|projektname|projet|proyecto",
    "client_team": "client|client name|client team name|brand|brand name|customer|account|advertiser|"
    "business unit|division|requesting team|kunde|marke|marque",
    "project_status": "job status|campaign status|status of project|status project|projektstatus",
    "owner": "owner producer|producer|project owner|job owner|project lead|project manager|pm|"
    "lead|account manager|account lead|account director|am|responsible|"
    "responsible producer|studio producer|project producer|created by|verantwortlich",
    "project_start": "start|start date|project start date|job start|kick off|kickoff|kick off date|"
    "briefed|brief date|date briefed|begin|projektstart",
    "project_due": "project due date|project deadline|project end|project end date|job due|job due date|"
    "job deadline|campaign deadline|campaign end|live date|launch|launch date|go live|"
    "go live date|air date|on air|projektende",
    "tags": "tag|labels|label|keywords|schlagworte",
    "deliverable": "deliverable name|name|deliverables|asset|asset name|assets|item|item name|file name|"
    "filename|shot|shot name|shot code|task|task name|output|output name|creative|"
    "creative name|execution|artwork|artwork name|placement|placement name|description|"
    "deliverable description|deliverable title|asset title|asset description|motiv|"
    "livrable",
    "slug": "deliverable slug|asset id|asset code|deliverable id|deliverable code|short name|code",
    "kind": "deliverable type|asset type|media type|media|medium|channel|category|content type|"
    "type of deliverable|type of asset|output type|art",
    "specification": "spec|specs|specifications|format|formats|size|sizes|dimension|dimensions|ratio|"
    "aspect ratio|resolution|duration|length|size format|format size|tech spec|"
    "tech specs",
    "language": "lang|languages|language version|locale|sprache|langue|idioma",
    "market": "markets|country|countries|region|territory|geo|markt|pays",
    "status": "deliverable status|asset status|current status|state|stage|current stage|progress|"
    "overall status|production status|stand",
    "priority": "prio|urgency|importance|prioritat",
    "due": "due date|deadline|deliverable due|deliverable due date|delivery date|delivery|"
    "date due|delivery due|due by|final due|final deadline|asset due|asset deadline|eta|"
    "ship date|in market|termin|abgabe|end date|end|finish|target date",
    "round": "rounds|current round|revision|rev|version|round no|version no|revision no",
    "rounds_included": "rounds agreed|agreed rounds|included rounds|round allowance|max rounds|"
    "rounds allowed|rounds contracted|revisions included",
    "assignee": "assigned to|assigned|artist|designer|maker|editor|retoucher|who|resource|"
    "deliverable owner|asset owner|assignees|bearbeiter|animator|creative lead",
    "notes": "note|comment|comments|remark|remarks|details|additional info|"
    "additional information|internal notes|bemerkung|bemerkungen|anmerkungen|feedback",
}
# The parts of a stage: `Concept owner`, `Concept deadline`.
PARTS: dict[str, str] = {
    "status": "status|state|progress",
    "assignee": "assignee|assigned to|owner|artist|who|person",
    "due": "due|due date|deadline|date|due on",
}
