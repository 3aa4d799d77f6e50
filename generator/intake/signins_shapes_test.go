package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

func TestALogIsNeverQuoted(t *testing.T) {
	const secret = "zz-secret-cell"
	text := logHeader + "\n" +
		secret + ",a@x.example,Mail,Success,Browser,,1.2.3.4,,1\n" +
		"2026-05-02T08:00:00Z,,Mail,Success,Browser,,1.2.3.4," + secret + ",2\n" +
		"2026-05-02T08:00:00Z,a@x.example,Mail," + secret + ",Browser,,1.2.3.4,,3\n"
	f := streamed(t, "exports/sign-ins.csv", func() io.Reader { return strings.NewReader(text) })
	set, readings, problems := Load(Options{Files: []File{f}, Config: &config.Config{TimeZone: time.UTC}, AsOf: mayEnd, MaxRejected: 5})
	in := readings[0].Input
	if len(problems) != 1 || in.Rejected != 2 || in.Used != 1 || set.Access[0].Result != evidence.SignInNotKnown {
		t.Fatalf("%v; %d rejected, %d used", problems, in.Rejected, in.Used)
	}
	var all []string
	for _, p := range append(problems, in.Problems...) {
		all = append(all, p.Error())
	}
	all = append(all, in.Notes...)
	for _, r := range in.Rows {
		all = append(all, r.Reason)
		all = append(all, r.Cells...)
	}
	for _, s := range all {
		if strings.Contains(s, secret) {
			t.Errorf("a cell of the log is quoted: %s", s)
		}
	}
}

func TestShapesOfLogs(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		login            string
		good, failed     int
		ordered          bool
	}{
		{"Okta's log holds other events too", "okta.json", `[
			{"uuid":"1","published":"2026-05-02T08:00:00.000Z","eventType":"user.session.start","actor":{"alternateId":"A@x.example"},"client":{"ipAddress":"1.2.3.4"},"outcome":{"result":"SUCCESS"}},
			{"uuid":"2","published":"2026-05-02T08:01:00.000Z","eventType":"application.lifecycle.update","actor":{"alternateId":"A@x.example"},"client":{"ipAddress":"1.2.3.4"},"outcome":{"result":"SUCCESS"}},
			{"uuid":"3","published":"2026-05-02T08:02:00.000Z","eventType":"user.authentication.auth_via_mfa","actor":{"alternateId":"A@x.example"},"client":{"ipAddress":"1.2.3.4"},"outcome":{"result":"FAILURE"}}]`, "a@x.example", 1, 1, true},
		{"Graph says 0 for good", "graph.jsonl", `{"createdDateTime":"2026-05-02T08:00:00Z","userPrincipalName":"a@x.example","appDisplayName":"Mail","ipAddress":"1.2.3.4","status":{"errorCode":0,"failureReason":"Other."}}
{"createdDateTime":"2026-05-02T07:00:00Z","userPrincipalName":"a@x.example","appDisplayName":"Mail","ipAddress":"1.2.3.4","status":{"errorCode":50126}}
{"createdDateTime":"2026-05-02T06:00:00Z","userPrincipalName":"a@x.example","appDisplayName":"Mail","ipAddress":"1.2.3.4","status":{"errorCode":50076}}
`, "a@x.example", 1, 1, true},
		{"month first, as a later row proves", "scripted.csv", "CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n5/2/2026 7:22:01 AM,a@x.example,Mail,1.2.3.4,Success\n5/13/2026 7:22:01 AM,a@x.example,Mail,1.2.3.4,Failure\n", "a@x.example", 1, 1, true},
		{"out of order", "mixed.csv", "CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n2026-05-02 07:00,a@x.example,Mail,1.2.3.4,Success\n2026-05-04 07:00,a@x.example,Mail,1.2.3.4,Success\n2026-05-03 07:00,a@x.example,Mail,1.2.3.4,Success\n2026-05-05 07:00,a@x.example,Mail,1.2.3.4,Failure\n", "a@x.example", 3, 1, false},
		{"a row that repeats the one before it, and one after as-of", "twice.csv", "CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n2026-05-02 07:00,a@x.example,Mail,1.2.3.4,Success\n2026-05-02 07:00,a@x.example,Mail,1.2.3.4,Success\n2026-06-01 00:00,a@x.example,Mail,1.2.3.4,Success\n", "a@x.example", 1, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, readings := loadLog(t, streamed(t, "exports/"+c.file, func() io.Reader { return strings.NewReader(c.text) }))
			good, failed := 0, 0
			for _, a := range set.Access {
				switch a.Result {
				case evidence.SignedIn:
					good += a.Events
				case evidence.SignInFailed:
					failed += a.Events
				case evidence.SignInOther, evidence.SignInNotKnown:
				}
			}
			if good != c.good || failed != c.failed || set.Trails[0].Login != c.login || set.AccessLogs[0].Ordered != c.ordered {
				t.Errorf("%d good, %d failed, %+v, %+v", good, failed, set.Trails, set.AccessLogs)
			}
			if in := readings[0].Input; in.Read != in.Used+in.Rejected+in.Duplicate+in.SetAside || !in.Cited || in.SHA256 == "" {
				t.Errorf("%+v", in)
			}
		})
	}
}

func TestALogWhoseDatesNothingProves(t *testing.T) {
	text := "CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n5/2/2026 7:22,a@x.example,Mail,1.2.3.4,Success\n5/3/2026 7:22,a@x.example,Mail,1.2.3.4,Success\n"
	set, readings, problems := loaded(streamed(t, "exports/sign-ins.csv", func() io.Reader { return strings.NewReader(text) }))
	if readings[0].Status != Undecided || len(problems) != 1 || len(set.Access) > 0 || len(set.Inputs) > 0 {
		t.Errorf("%s, %v, %v", readings[0].Status, problems, set.Access)
	}
}

func TestSignInsAfterLeaving(t *testing.T) {
	leavers := table(t, "exports/leavers.csv", "employee_id,login,name,left_on,offboarding_record\n7,gone@x.example,Gone Person,2026-05-10,\n")
	text := "CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n" +
		"2026-05-10 23:59:59,GONE@x.example,Mail,1.2.3.4,Success\n" +
		"2026-05-11 00:00:00,gone@x.example,Mail,1.2.3.4,Success\n" +
		"2026-05-12 00:00:00,gone@x.example,Mail,1.2.3.4,Failure\n"
	for _, f := range []File{streamed(t, "exports/sign-ins.csv", func() io.Reader { return strings.NewReader(text) }), {Table: table(t, "exports/sign-ins.csv", text)}} {
		set, readings := loadLog(t, f, File{Table: leavers})
		tr := set.Trails[0]
		if tr.AfterLeaving.Events != 1 || tr.AfterLeaving.Last.Pos.Row != 3 || tr.Success.Events != 2 {
			t.Errorf("%+v", tr)
		}
		if len(readings) != 2 || len(set.Leavers) != 1 {
			t.Errorf("%+v", readings)
		}
	}
}

func TestAnAggregateKnowsNoMoreThanItSays(t *testing.T) {
	leavers := table(t, "exports/leavers.csv", "employee_id,login,name,left_on,offboarding_record\n7,gone@x.example,,2026-05-10,\n")
	agg := table(t, "exports/aggregate.csv", "login,app,result,first_seen,last_seen,events,with_mfa,privileged\n"+
		"gone@x.example,Mail,success,2026-04-01,2026-05-12,40,38,0\n"+
		"gone@x.example,VPN,success,2026-05-11,2026-05-12,3,3,0\n"+
		"other@x.example,Mail,failure,2026-05-11,2026-05-12,9,,0\n"+
		"other@x.example,VPN,success,2026-05-11,2026-05-12,none,,0\n")
	set, readings, _ := load(Options{Files: []File{{Table: agg}, {Table: leavers}}, MaxRejected: 100})
	if len(set.Trails) != 2 {
		t.Fatalf("%+v, %v", set.Trails, readings)
	}
	want := evidence.Episode{Events: 4, AtLeast: true}
	if got := set.Trails[0].AfterLeaving; got.Events != want.Events || got.AtLeast != want.AtLeast || set.Trails[0].WithoutMFA.Events != 2 {
		t.Errorf("%+v", set.Trails[0])
	}
	if l := set.AccessLogs[0]; !l.Aggregate || l.Events != 52 || len(l.Days) > 0 || l.Ordered {
		t.Errorf("%+v", l)
	}
}

func TestNamesWithoutEndAreFolded(t *testing.T) {
	b := &accessBook{crowd: &crowd{set: &evidence.Set{}, byKey: map[accountKey][]int{}}, left: map[string]time.Time{}, trails: map[string]*trail{}}
	for i := range mostLogins {
		b.trails[fmt.Sprint("made-up-", i)] = &trail{}
	}
	pos := table(t, "x.csv", "a\n1\n").Pos(2, -1)
	if got := b.newTrail("one-more", evidence.SignInFailed, pos).login; got != otherLogins {
		t.Errorf("a failed name beyond the limit is %q", got)
	}
	if got := b.newTrail("really-in", evidence.SignedIn, pos).login; got != "really-in" {
		t.Errorf("a good sign-in beyond the limit is %q", got)
	}
}

// FuzzSignInLog holds that whatever a file holds that is taken for a log, its
// rows are accounted for and no row is read twice.
func FuzzSignInLog(f *testing.F) {
	f.Add("CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n2026-05-02 07:00,a@x,Mail,1.2.3.4,Success\n,,,,\n2026-05-02 07:00,a@x,Mail,1.2.3.4,Success,more\n")
	f.Add(logHeader + "\n5/2/2026,a@x,Mail,0,IMAP4,push,,,\n13/5/2026,b@x,\"Ma\nil\",x,,,,,\n")
	f.Add("{\"published\":\"2026-05-02T08:00:00Z\",\"actor\":{\"alternateId\":\"a\"},\"outcome\":{\"result\":\"SUCCESS\"},\"client\":{\"ipAddress\":\"1.2.3.4\"}}\n{}\n[]\n")
	f.Fuzz(func(t *testing.T, text string) {
		open := func() io.Reader { return strings.NewReader(text) }
		whole, err := source.Read("exports/sign-ins.csv", open(), source.Options{Score: Score})
		if err != nil || !Unbounded(whole, nil) {
			return
		}
		file := File{Table: &source.Table{}, Stream: func(each source.RowFunc) (*source.Table, error) {
			return source.Stream("exports/sign-ins.csv", open(), source.Options{Score: Score}, each)
		}}
		*file.Table = *whole
		file.Table.Rows = whole.Rows[:min(HeadRows(), len(whole.Rows))]
		set, readings, _ := load(Options{Files: []File{file}, MaxRejected: 100})
		in := readings[0].Input
		if in == nil {
			return
		}
		if in.Read != in.Used+in.Rejected+in.Duplicate+in.SetAside || in.Read != whole.Records {
			t.Errorf("%d records: %d read, %d used, %d rejected, %d duplicate, %d set aside", whole.Records, in.Read, in.Used, in.Rejected, in.Duplicate, in.SetAside)
		}
		events := 0
		for _, a := range set.Access {
			events += a.Events
		}
		if events != in.Used {
			t.Errorf("%d rows are used and %d counted", in.Used, events)
		}
		if !slices.IsSortedFunc(in.Rows, func(a, b evidence.RowRecord) int { return a.N - b.N }) {
			t.Error("the rows that are kept do not stand in their order")
		}
	})
}
