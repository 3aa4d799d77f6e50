package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

func TestCredentials(t *testing.T) {
	set, in := only(t, "credentials.csv", "name,kind,system,not_after,owner\nerp.corp,certificate,ERP-01,2026-06-10,D. Ortiz\nbackup key,secret,,never,\nodd,secret,,soon,\n,certificate,,2026-06-01,\n")
	if len(set.Credentials) != 3 || in.Rejected != 1 || in.Rows[3].Reason != "name is empty" || len(in.Problems) != 1 {
		t.Fatalf("%+v, %v, %v", set.Credentials, in.Rows, in.Problems)
	}
	c := set.Credentials[0]
	if c.Name != "erp.corp" || c.System != "ERP-01" || c.Owner != "D. Ortiz" || c.NotAfter.Format("2006-01-02 15:04") != "2026-06-10 23:59" {
		t.Errorf("%+v", c)
	}
	for _, c := range set.Credentials[1:] {
		if !c.NotAfter.IsZero() {
			t.Errorf("%s ends on %s, want no end on record", c.Name, c.NotAfter)
		}
	}
	if len(set.Unknown) != 1 || set.Unknown[0].Name != "ERP-01" {
		t.Errorf("the system of a credential is known to nobody: %+v", set.Unknown)
	}
}

func TestTickets(t *testing.T) {
	for _, c := range []struct {
		fact, row    string
		closed, when bool
	}{
		{"open", "T-1,A,disk,2026-05-01,,open", false, false},
		{"closed by its state", "T-1,A,disk,2026-05-01,,Resolved", true, false},
		{"closed by its date", "T-1,A,disk,2026-05-01,2026-05-03,", true, true},
	} {
		set, _ := only(t, "tickets.csv", "ticket,system,signature,opened,closed,state\n"+c.row+"\n")
		if k := set.Tickets[0]; k.IsClosed != c.closed || k.Closed.IsZero() == c.when || k.Signature != "disk" || k.System != "A" {
			t.Errorf("%s: %+v", c.fact, k)
		}
	}
}

func TestSessions(t *testing.T) {
	files := []File{
		{Table: table(t, "exports/services.csv", "service_id,name,stops,cost_per_hour,rto_hours\nSVC-1,Shipping,revenue,10,4\nSVC-2,Orders,revenue,10,4\n")},
		{Table: table(t, "exports/sessions.csv", "held_on,services,people,record\n2026-03-02,Shipping;SVC-2,D. Ortiz,MIN-4\n2026-03-03,,D. Ortiz,MIN-5\n2027-03-03,SVC-1,D. Ortiz,MIN-6\n")},
	}
	set, readings, _ := loaded(files...)
	if len(set.Sessions) != 1 {
		t.Fatalf("%+v", set.Sessions)
	}
	if diff := cmp.Diff([]string{"SVC-1", "SVC-2"}, set.Sessions[0].Services); diff != "" {
		t.Errorf("services (-want +got):\n%s", diff)
	}
	if in := readings[1].Input; in.Rejected != 1 || in.SetAside != 1 {
		t.Errorf("rejected %d, set aside %d, want 1 and 1", in.Rejected, in.SetAside)
	}
}

func TestAcknowledgements(t *testing.T) {
	for written, want := range map[string]string{
		"2026-04": "2026-04", "April 2026": "2026-04", "Apr  2026": "2026-04", "04/2026": "2026-04", "2026-04-30": "2026-04", "2026-04.r2": "2026-04", "April": "", "2026": "", "": "",
	} {
		set, in := only(t, "acknowledgements.csv", "month,reader,read_on,decision\n"+written+",D. Ortiz,2026-05-04,buy storage\n")
		switch {
		case want == "" && (len(set.Acknowledgements) > 0 || in.Rejected != 1):
			t.Errorf("%q is read as %+v", written, set.Acknowledgements)
		case want != "" && (len(set.Acknowledgements) != 1 || set.Acknowledgements[0].Month != want || set.Acknowledgements[0].Decision != "buy storage"):
			t.Errorf("%q is read as %+v, %v", written, set.Acknowledgements, in.Rows)
		}
	}
}

func TestCopies(t *testing.T) {
	for cell, want := range map[string]evidence.Copy{
		"immutable": evidence.CopyImmutable, "S3 with Object Lock": evidence.CopyImmutable, "Yes": evidence.CopyImmutable, "Hardened repository": evidence.CopyImmutable,
		"tape": evidence.CopyOffline, "air-gapped": evidence.CopyOffline, "isolated vault": evidence.CopyIsolated,
		"no": evidence.CopyOnline, "not immutable": evidence.CopyOnline, "disk repository": evidence.CopyOnline, "off-site": evidence.CopyOnline,
		"": evidence.CopyUnknown, "purple": evidence.CopyUnknown,
	} {
		set, in := only(t, "jobs.csv", "job_id,system,kind,run_date,result,copy\nJ,A,backup,2026-05-01,success,"+cell+"\n")
		if got := set.Jobs[0].Copy; got != want || (cell == "purple") != (len(in.Problems) == 1) {
			t.Errorf("%q is %q, want %q; %v", cell, got, want, in.Problems)
		}
	}
}

func TestRetention(t *testing.T) {
	for cell, want := range map[string]evidence.Number{
		"2190": evidence.Known(2190), "2,190": evidence.Known(2190), "6 years": evidence.Known(2190), "1 year": evidence.Known(365), "90 d": evidence.Known(90), "12 weeks": evidence.Known(84),
		"": {}, "long": {}, "-3": {},
	} {
		set, _ := only(t, "inventory.csv", "system_id,name,os,log_covered,log_retention_days,backup_retention_days\nA,a,Linux,yes,\""+cell+"\",30\n")
		if s := set.Systems[0]; s.LogDays != want || s.LogCovered != evidence.Yes || s.BackupDays != evidence.Known(30) {
			t.Errorf("%q is %+v", cell, s.LogDays)
		}
	}
}

func TestPeopleWhoWorkHere(t *testing.T) {
	for word, want := range map[string]evidence.Answer{"current": evidence.Yes, "Active": evidence.Yes, "left": evidence.No, "": evidence.Unknown, "perhaps": evidence.Unknown} {
		set, _ := only(t, "people.csv", "name,role,status\nD. Ortiz,head of IT,"+word+"\n")
		if got := set.People[0].Current; got != want {
			t.Errorf("%q is %v, want %v", word, got, want)
		}
	}
}
