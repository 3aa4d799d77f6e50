package assess

import (
	"testing"

	"proofpack/generator/evidence"
)

func TestMonitored(t *testing.T) {
	host := func(monitored evidence.Answer, seen string) *evidence.Set {
		return with(func(s *evidence.Set) { s.Systems[0].Monitored, s.Systems[0].LastSeen = monitored, on(seen) })
	}
	sampled := host(evidence.Yes, "2026-01-01")
	sampled.Samples = []evidence.Sample{{Pos: row(1), System: "DB", Resource: "C:", At: on("2026-05-30"), Used: 1, Total: 2, Unit: "GB"}}
	for _, c := range []fact{
		{"said to be and seen on the last day allowed", host(evidence.Yes, "2026-04-26"), "MON-03/DB", Proven, "DB is monitored and was last seen on 26 April 2026."},
		{"seen a day earlier", host(evidence.Yes, "2026-04-25"), "MON-03/DB", Stale, "DB is monitored on paper: it was last seen 36 days ago."},
		{"seen by a sample", sampled, "MON-03/DB", Proven, "DB is monitored and was last seen on 30 May 2026."},
		{"never seen", host(evidence.Yes, ""), "MON-03/DB", Missing, "DB is monitored on paper: no export shows that anything has seen it."},
		{"blank", host(evidence.Unknown, "2026-05-31"), "MON-03/DB", Missing, "Whether DB is monitored is not on record."},
		{"said not to be", host(evidence.No, "2026-05-31"), "MON-03/DB", Failed, "DB is not monitored."},
	} {
		c.run(t)
	}
}

// filling is a resource of HOST with samples a week apart, the last on as-of.
func filling(total float64, used ...float64) *evidence.Set {
	return with(func(s *evidence.Set) {
		for i, u := range used {
			s.Samples = append(s.Samples, evidence.Sample{
				Pos: row(i + 1), System: "HOST", Resource: "DS-1", At: on("2026-05-31").AddDate(0, 0, 7*(i+1-len(used))), Used: u, Total: total, Unit: "GB",
			})
		}
	})
}

func TestCapacityLeft(t *testing.T) {
	old := filling(1000, 70, 140, 210)
	for i := range old.Samples {
		old.Samples[i].At = old.Samples[i].At.AddDate(0, 0, -36)
	}
	for _, c := range []fact{
		{"full in 14 days", filling(350, 70, 140, 210), "MON-05/HOST/DS-1", Failed,
			"DS-1 is 60.0 % full, growing 10.0 GB a day; full about 14 June 2026 (14 whole days after the last sample). That is the critical level: 14 days or less."},
		{"full in 15 days", filling(360, 70, 140, 210), "MON-05/HOST/DS-1", Failed,
			"DS-1 is 58.3 % full, growing 10.0 GB a day; full about 15 June 2026 (15 whole days after the last sample). That is the warning level: 30 days or less."},
		{"full in 30 days", filling(510, 70, 140, 210), "MON-05/HOST/DS-1", Failed, ""},
		{"full in 31 days", filling(520, 70, 140, 210), "MON-05/HOST/DS-1", Proven,
			"DS-1 is 40.4 % full, growing 10.0 GB a day; full about 1 July 2026 (31 whole days after the last sample)."},
		{"not growing", filling(520, 210, 210, 210), "MON-05/HOST/DS-1", Proven, "DS-1 is 40.4 % full and does not grow: no forecast."},
		{"full already", filling(210, 210, 210, 210), "MON-05/HOST/DS-1", Failed, "DS-1 is 100.0 % full. That is the critical level: 14 days or less."},
		{"two samples", filling(350, 140, 210), "MON-05/HOST/DS-1", Missing, "DS-1: 2 samples on record, too few or over too short a time for a forecast."},
		{"the last sample is too old", old, "MON-05/HOST/DS-1", Stale, "DS-1 was last measured 36 days ago."},
		{"a database without a sample", filling(520, 70, 140, 210), "MON-05/DB", Missing, "No capacity sample of DB is on record."},
		{"a sample that does not say of what", func() *evidence.Set {
			set := filling(520, 210, 210, 210)
			for i := range set.Samples {
				set.Samples[i].Resource = ""
			}
			return set
		}(), "MON-05/HOST", Missing, "Samples of HOST do not say what was measured."},
	} {
		c.run(t)
	}
}

func TestScannedAndReported(t *testing.T) {
	scan := func(day string) *evidence.Set {
		return with(func(s *evidence.Set) {
			s.PatchStates = []evidence.PatchState{{Pos: row(1), System: "DB", LastScan: on("2026-01-01")}, {Pos: row(2), System: "DB", LastScan: on(day)}}
		})
	}
	for _, c := range []fact{
		{"on the last day allowed", scan("2026-05-17"), "PAT-03/DB", Proven, "DB was last scanned on 17 May 2026."},
		{"a day too old", scan("2026-05-16"), "PAT-03/DB", Stale, "DB was last scanned 15 days ago."},
		{"never", scan("2026-05-17"), "PAT-03/HOST", Missing, "No scan of HOST is on record."},
		{"nobody supplied it", small(), "PAT-03/DB", Missing, "No patch export supplied."},
		{"named in a report", scan("2026-05-17"), "PAT-08/DB", Proven, "2 rows of patch reports name DB."},
		{"named in none", scan("2026-05-17"), "PAT-08/HOST", Missing, "No patch report names HOST."},
	} {
		c.run(t)
	}
}
