package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

func TestRecordsKept(t *testing.T) {
	// regulated is small with DB holding patient data, everything on record.
	regulated := func(change func(*evidence.System), more ...func(*evidence.Set)) *evidence.Set {
		return with(func(s *evidence.Set) {
			db := &s.Systems[0]
			db.DataClass, db.LogCovered, db.LogDays, db.BackupDays = "patient data", evidence.Yes, evidence.Known(2190), evidence.Known(2190)
			change(db)
			for _, m := range more {
				m(s)
			}
		})
	}
	asIs := func(*evidence.System) {}
	service := func(class, rule string) func(*evidence.Set) {
		return func(s *evidence.Set) { s.Services[0].DataClass, s.Services[0].RegulatedBy = class, rule }
	}
	for _, c := range []fact{
		{"kept as long as the rule asks", regulated(asIs), "REG-01/DB", Proven, "Its logs are collected. Its logs are kept for 2,190 days. Its backups are kept for 2,190 days."},
		{"logs a day shorter", regulated(func(s *evidence.System) { s.LogDays = evidence.Known(2189) }), "REG-01/DB", Failed, "Its logs are kept for 2,189 days, and the rule asks for 2,190 days."},
		{"backups a day shorter", regulated(func(s *evidence.System) { s.BackupDays = evidence.Known(2189) }), "REG-01/DB", Failed, "Its backups are kept for 2,189 days, and the rule asks for 2,190 days."},
		{"logs not collected", regulated(func(s *evidence.System) { s.LogCovered = evidence.No }), "REG-01/DB", Failed, "Its logs are not collected."},
		{"nobody says whether", regulated(func(s *evidence.System) { s.LogCovered = evidence.Unknown }), "REG-01/DB", Missing, "Whether its logs are collected is not on record."},
		{"nobody says how long", regulated(func(s *evidence.System) { s.LogDays, s.BackupDays = evidence.Number{}, evidence.Number{} }), "REG-01/DB", Missing, "How long its logs are kept is not on record. How long its backups are kept is not on record."},
		{"a firewall needs no backup", regulated(func(s *evidence.System) { s.Class, s.BackupDays = evidence.ClassEdge, evidence.Number{} }), "REG-01/DB", Proven, ""},
		{"no data class", regulated(func(s *evidence.System) { s.DataClass = "" }), "REG-01/DB", Missing, "Whether DB holds protected data is not on record: DB names no data class."},
		{"none, and its service does not say", regulated(func(s *evidence.System) { s.DataClass = "none" }), "REG-01/DB", Missing, "Whether DB holds protected data is not on record: Shipping names no data class."},
		{"through its service", regulated(func(s *evidence.System) { s.DataClass, s.LogCovered = "none", evidence.No }, service("card data", "")), "REG-01/DB", Failed, ""},
		{"through a rule of its service", regulated(func(s *evidence.System) { s.DataClass, s.LogCovered = "", evidence.No }, service("", "HIPAA")), "REG-01/DB", Failed, ""},
		{"nobody speaks of protected data", small(), "REG-01/inventory", Missing, "No export says which systems hold protected data."},
		{"no inventory", with(func(s *evidence.Set) { s.Systems = nil }), "GOV-03/inventory", Missing, ""},
	} {
		c.run(t)
	}
	res := assessed(regulated(func(s *evidence.System) { s.DataClass = "None" }, service("none", "")))
	for _, f := range res.Findings {
		if f.ID == "REG-01/DB" {
			t.Errorf("a system that is said to hold none is asked: %s", f.Says)
		}
	}
}
