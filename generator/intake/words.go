package intake

import (
	"regexp"
	"strings"

	"proofpack/generator/evidence"
)

// blanks are cells that hold nothing, in every kind of column.
var blanks = map[string]bool{
	"": true, "-": true, "--": true, "—": true, "–": true, "'-": true, "'": true, "n/a": true, "na": true, "n.a.": true,
	"null": true, "(null)": true, "<null>": true, "nil": true, "?": true, "#n/a": true, "{}": true, "[]": true,
	"no_information": true, "not_supported": true, "undefined": true,
}

// typeName matches the name of a .NET type, which a script prints where it
// meant a value.
var typeName = regexp.MustCompile(`^(System|Veeam\.Backup|Microsoft)(\.[A-Z]\w*)+(\[\])?$`)

// isBlank tells whether a cell holds nothing.
func isBlank(cell string) bool {
	if len(cell) > 40 {
		return len(cell) < 200 && typeName.MatchString(strings.TrimSpace(cell))
	}
	c := strings.TrimSpace(cell)
	return blanks[strings.ToLower(c)] || typeName.MatchString(c)
}

// nobody are words that stand where a name should and name no one.
var nobody = map[string]bool{
	"none": true, "nobody": true, "unassigned": true, "unknown": true, "tbd": true, "to be determined": true, "to be defined": true, "not assigned": true, "no owner": true, "vacant": true,
}

// neverWords say that something did not happen: a value, not a gap.
var neverWords = map[string]bool{
	"never": true, "**never logged in**": true, "never logged in": true, "not yet": true, "never run": true, "none": true,
}

// answers is the one table of yes and no.
var answers = map[string]evidence.Answer{
	"yes": evidence.Yes, "y": evidence.Yes, "true": evidence.Yes, "1": evidence.Yes, "on": evidence.Yes, "x": evidence.Yes,
	"✓": evidence.Yes, "ok": evidence.Yes, "passed": evidence.Yes, "pass": evidence.Yes, "enabled": evidence.Yes,
	"no": evidence.No, "n": evidence.No, "false": evidence.No, "0": evidence.No, "off": evidence.No, "2": evidence.No,
	"failed": evidence.No, "fail": evidence.No, "not ok": evidence.No, "disabled": evidence.No,
}

// results says what the words of tools mean. "None" is Veeam's word for a
// session that has no result yet; "partial" did not bring everything.
var results = map[string]evidence.Result{
	"success": evidence.Success, "successful": evidence.Success, "succeeded": evidence.Success, "successfully completed": evidence.Success,
	"ok": evidence.Success, "completed": evidence.Success, "complete": evidence.Success, "passed": evidence.Success, "pass": evidence.Success,
	"done": evidence.Success, "restored": evidence.Success, "completed successfully": evidence.Success, "good": evidence.Success,

	"warning": evidence.Warning, "warnings": evidence.Warning, "completed with warnings": evidence.Warning, "success with warnings": evidence.Warning,
	"completed with warning": evidence.Warning, "partial": evidence.Warning, "partially successful": evidence.Warning, "partial success": evidence.Warning,
	"warn": evidence.Warning, "completed with exceptions": evidence.Warning,

	"failed": evidence.Failed, "failure": evidence.Failed, "fail": evidence.Failed, "error": evidence.Failed, "errors": evidence.Failed,
	"completed with errors": evidence.Failed, "completedwitherrors": evidence.Failed, "aborted": evidence.Failed, "cancelled": evidence.Failed,
	"canceled": evidence.Failed, "timeout": evidence.Failed, "timed out": evidence.Failed, "terminated": evidence.Failed, "stopped": evidence.Failed,
	"not restored": evidence.Failed, "unsuccessful": evidence.Failed, "crashed": evidence.Failed, "killed": evidence.Failed, "critical": evidence.Failed,

	"running": evidence.Running, "in progress": evidence.Running, "inprogress": evidence.Running, "none": evidence.Running, "pending": evidence.Running,
	"started": evidence.Running, "working": evidence.Running, "incomplete": evidence.Running, "did not finish": evidence.Running, "active": evidence.Running,
	"not finished": evidence.Running, "queued": evidence.Running, "starting": evidence.Running, "postprocessing": evidence.Running,

	"skipped": evidence.Skipped, "skip": evidence.Skipped, "missed": evidence.Skipped, "not run": evidence.Skipped, "did not run": evidence.Skipped,
	"idle": evidence.Skipped,
}

// scopes says how much a restore brought back.
var scopes = map[string]evidence.Scope{
	"file": evidence.ScopeFile, "files": evidence.ScopeFile, "single file": evidence.ScopeFile, "one file": evidence.ScopeFile, "folder": evidence.ScopeFile,
	"item": evidence.ScopeFile, "single item": evidence.ScopeFile, "items": evidence.ScopeFile, "mailbox item": evidence.ScopeFile, "mailbox": evidence.ScopeFile,
	"file level": evidence.ScopeFile, "guest files": evidence.ScopeFile, "partial": evidence.ScopeFile, "table": evidence.ScopeFile, "disk": evidence.ScopeFile,

	"system": evidence.ScopeSystem, "full system": evidence.ScopeSystem, "vm": evidence.ScopeSystem, "full vm": evidence.ScopeSystem, "entire vm": evidence.ScopeSystem,
	"server": evidence.ScopeSystem, "full server": evidence.ScopeSystem, "machine": evidence.ScopeSystem, "bare metal": evidence.ScopeSystem, "image": evidence.ScopeSystem,
	"virtual machine": evidence.ScopeSystem, "whole system": evidence.ScopeSystem, "host": evidence.ScopeSystem,

	"application": evidence.ScopeApplication, "full application": evidence.ScopeApplication, "app": evidence.ScopeApplication, "whole application": evidence.ScopeApplication,
	"database and application": evidence.ScopeApplication, "application and data": evidence.ScopeApplication,

	"service": evidence.ScopeService, "full service": evidence.ScopeService, "business service": evidence.ScopeService, "whole service": evidence.ScopeService,
}

// stops says what a service stops.
var stops = map[string]evidence.Stops{
	"revenue": evidence.StopsRevenue, "sales": evidence.StopsRevenue, "income": evidence.StopsRevenue,
	"service": evidence.StopsService, "service delivery": evidence.StopsService, "delivery": evidence.StopsService, "operations": evidence.StopsService,
	"compliance": evidence.StopsCompliance, "regulatory": evidence.StopsCompliance, "legal": evidence.StopsCompliance,
}

// severities are the three that rules know; other words stay as written.
var severities = map[string]string{
	"critical": "critical", "crit": "critical", "high": "critical", "disaster": "critical", "emergency": "critical", "fatal": "critical", "p1": "critical", "error": "critical", "major": "critical", "page": "critical",
	"warning": "warning", "warn": "warning", "average": "warning", "medium": "warning", "minor": "warning", "p2": "warning", "p3": "warning", "moderate": "warning",
	"info": "info", "information": "info", "informational": "info", "low": "info", "notice": "info", "not classified": "info", "ok": "info", "p4": "info", "p5": "info",
}

// edges says how one thing needs another.
var edges = map[string]evidence.EdgeKind{
	"hard": evidence.Hard, "needs": evidence.Hard, "depends on": evidence.Hard, "requires": evidence.Hard,
	"runs on": evidence.RunsOn, "hosted on": evidence.RunsOn,
	"soft": evidence.Soft, "named": evidence.Soft, "uses": evidence.Soft, "optional": evidence.Soft,
}

// changeTypes are the types that rules know. Only "standard" spares a restore
// proof, so no other word is taken for it.
var changeTypes = map[string]string{
	"standard": "standard", "standard change": "standard",
	"normal": "normal", "normal change": "normal", "major": "normal", "minor": "normal", "significant": "normal", "change": "normal", "rfc": "normal",
	"emergency": "emergency", "emergency change": "emergency", "expedited": "emergency", "urgent": "emergency",
}
