package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

// withRegisters adds credentials, sessions, acknowledgements, tickets, cases of
// vendors, people, runbooks and copies, of each something good and something
// bad.
func withRegisters(t *testing.T, e exports) exports {
	t.Helper()
	e[evidence.Credentials] = sheet{
		{"name", "kind", "system", "not_after", "owner"},
		{"erp.corp", "certificate", "ERP-01", "2026-05-20", "D. Ortiz"},
		{"wms.corp", "certificate", "WMS-01", "2026-06-20", "L. Chen"},
		{"sql backup", "secret", "SQL-01", "2027-05-20", "D. Ortiz"},
		{"site licence", "licence", "", "", ""},
	}
	e[evidence.Sessions] = sheet{
		{"held_on", "services", "people", "record"},
		{"2026-02-11", "SVC-SHIP", "D. Ortiz, L. Chen", "MIN-11"},
		{"2026-05-11", "SVC-SHIP", "D. Ortiz", ""},
	}
	e[evidence.Acknowledgements] = sheet{
		{"month", "reader", "read_on", "decision"},
		{"2026-04", "Abdiel R.", "2026-05-04", "buy storage"},
		{"2026-03", "Abdiel R.", "2026-04-04", ""},
	}
	e[evidence.Vendors] = sheet{
		{"vendor", "systems", "contract_ends", "contact", "open_cases", "case", "case_opened", "case_answered"},
		{"Nordic Line", "VMH-01", "2027-01-01", "desk@nordic", "none", "", "", ""},
		{"Atlas ERP", "ERP-01", "2027-01-01", "desk@atlas", "", "C-7", "2026-05-01", ""},
		{"Atlas ERP", "ERP-01", "2027-01-01", "desk@atlas", "", "C-6", "2026-04-01", "2026-04-03"},
		{"Delta DB", "SQL-01", "2027-01-01", "desk@delta", "", "", "", ""},
	}
	e[evidence.People] = sheet{
		{"name", "role", "login", "left_on", "status"},
		{"D. Ortiz", "head of IT", "dortiz", "", "current"},
		{"L. Chen", "engineer", "lchen", "2026-04-30", "left"},
		{"Abdiel R.", "head of shipping", "abdiel", "", "current"},
	}
	e[evidence.Leavers] = sheet{
		{"name", "left_on", "offboarding_record"},
		{"M. Ray", "2026-03-31", "TKT-1"},
	}
	e[evidence.Inventory][2][6], e[evidence.Inventory][3][6] = "L. Chen", "M. Ray"
	e[evidence.Alerts] = append(e[evidence.Alerts],
		[]string{"ALR-1", "2026-05-01", "WMS-01", "disk-full", "warning", "Disk at 91 %", "", "2026-05-04", "T-1", "closed"},
		[]string{"ALR-2", "2026-05-09", "WMS-01", "disk-full", "warning", "Disk at 92 %", "", "", "T-2", "open"},
		[]string{"ALR-3", "2026-05-12", "WMS-01", "disk-full", "warning", "Disk at 93 %", "", "", "", "open"},
		[]string{"ALR-4", "2026-05-01", "ERP-01", "memory", "warning", "Memory at 91 %", "D. Ortiz", "2026-05-01", "T-3", "closed"},
		[]string{"ALR-5", "2026-05-09", "ERP-01", "memory", "warning", "Memory at 91 %", "D. Ortiz", "2026-05-09", "T-9", "closed"})
	e[evidence.Tickets] = sheet{
		{"ticket", "system", "signature", "opened", "closed", "state"},
		{"T-1", "WMS-01", "disk-full", "2026-05-01", "2026-05-04", "closed"},
		{"T-2", "WMS-01", "disk-full", "2026-05-09", "", "open"},
		{"T-3", "ERP-01", "memory", "2026-05-01", "2026-05-02", "closed"},
	}
	addColumn(e[evidence.Inventory], "data_class", "card data", "none", "card data", "card data")
	addColumn(e[evidence.Inventory], "log_covered", "yes", "yes", "no", "yes")
	addColumn(e[evidence.Inventory], "log_retention_days", "2190", "2190", "2190", "90")
	addColumn(e[evidence.Inventory], "backup_retention_days", "2555", "30", "", "2190")
	addColumn(e[evidence.Services], "data_class", "none")
	addColumn(e[evidence.Restores], "runbook", "RB-12", "RB-99", "", "RB-11")
	addColumn(e[evidence.Tasks], "runbook", "RB-11", "RB-98")
	addColumn(e[evidence.Jobs], "copy", "immutable", "online", "", "offline", "immutable")
	return e
}

// addColumn puts a column behind the others, with the values in turn.
func addColumn(s sheet, name string, values ...string) {
	for i := range s {
		value := name
		if i > 0 {
			value = values[(i-1)%len(values)]
		}
		s[i] = append(s[i], value)
	}
}
