package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

// withIncidents adds outages that hold something of everything: one that was
// answered in full and one in nothing, one inside its target, one of a service
// nobody knows; changes before and after them, and a lesson of a restore test
// that a later one confirms.
func withIncidents(t *testing.T, e exports) exports {
	t.Helper()
	e[evidence.Incidents] = sheet{
		{"incident_id", "started", "restored", "service_id", "root_asset", "assets_down", "cost_usd", "cost_parts", "escalation_owner", "escalated_on", "state", "lesson", "lesson_owner", "lesson_due", "lesson_fixed_on"},
		{"INC-7", "2026-05-13 06:00", "2026-05-15 06:00", "SVC-SHIP", "VMH-01", "SQL-01;ERP-01", "50250", "overtime=9450; recovery labor=4800; lost output=36000", "D. Ortiz", "2026-05-13", "closed", "add storage", "D. Ortiz", "2026-05-18", "2026-05-16"},
		{"INC-8", "2026-05-20 06:00", "2026-05-20 16:00", "SVC-SHIP", "SQL-01", "", "9000", "overtime=4000; lost output=4000", "", "", "closed", "label the cables", "", "2026-05-25", ""},
		{"INC-6", "2026-04-01 06:00", "2026-04-01 08:00", "SVC-SHIP", "WMS-01", "", "6700", "lost output=6700", "", "", "closed", "none", "", "", ""},
		{"INC-5", "2026-05-02 06:00", "", "SVC-SORT", "ERP-01", "", "", "", "", "", "open", "", "", "", ""},
	}
	changes := e[evidence.Changes]
	for i := range changes {
		changes[i] = append(changes[i], []string{"incident_id", ""}[min(i, 1)])
	}
	e[evidence.Changes] = append(changes,
		[]string{"CHG-330", "VMH-01", "2026-05-17", "2026-05-18", "storage added", "D. Ortiz", "L. Chen", "", "INC-7"},
		[]string{"CHG-331", "SQL-01", "2026-05-19", "2026-05-19", "index rebuilt", "D. Ortiz", "", "", ""})
	last := e[evidence.Restores][1]
	e[evidence.Restores] = append(e[evidence.Restores],
		[]string{"RST-99", last[1], "2026-05-30", "full application", "success", "60", "yes", "yes", "yes", "again", "", ""})
	return e
}
