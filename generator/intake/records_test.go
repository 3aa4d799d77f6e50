package intake

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

func sourceRow(n int, cells []string) source.Row { return source.Row{N: n, Cells: cells} }

// only loads one file.
func only(t *testing.T, file, text string) (*evidence.Set, *evidence.Input) {
	t.Helper()
	set, readings, problems := load(Options{Files: []File{{Table: table(t, "exports/"+file, text)}}, MaxRejected: 100})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set, readings[0].Input
}

func TestSamples(t *testing.T) {
	for _, c := range []struct {
		fact, text  string
		used, total float64
		unit        string
		rejected    string
	}{
		{"units in the headings", "system,resource,sample_date,used_gb,total_gb\nA,D,2026-05-01,6390,8192\n", 6390, 8192, "GB", ""},
		{"a unit in brackets", "system,resource,sample_date,Used (TB),Total (TB)\nA,D,2026-05-01,1.5,2\n", 1.5, 2, "TB", ""},
		{"units in the values", "system,resource,sample_date,used,total\nA,D,2026-05-01,900 GB,1.5 TB\n", 900, 1536, "GB", ""},
		{"one unit names both", "system,resource,sample_date,used,total_gb\nA,D,2026-05-01,900,1000\n", 900, 1000, "GB", ""},
		{"different units in the headings", "system,resource,sample_date,used_gb,total_tb\nA,D,2026-05-01,512,1\n", 512, 1024, "GB", ""},
		{"bytes", "system,resource,sample_date,used_bytes,size_bytes\nA,D,2026-05-01,5,10\n", 5, 10, "bytes", ""},
		{"no unit at all", "system,resource,sample_date,used,total\nA,D,2026-05-01,5,10\n", 5, 10, "", ""},
		{"percent", "system,resource,sample_date,used_percent\nA,D,2026-05-01,95.6\n", 95.6, 100, "%", ""},
		{"percent with its sign", "host,mountpoint,timestamp,Use%\nA,D,2026-05-01,95.6%\n", 95.6, 100, "%", ""},
		{"free space instead of used", "system,volume,date,Free space (GB),Total space (GB)\nA,D,2026-05-01,10,100\n", 90, 100, "GB", ""},
		{"more free than there is", "system,volume,date,Free space (GB),Total space (GB)\nA,D,2026-05-01,110,100\n", 0, 0, "", "free and total do not fit together"},
		{"total of zero", "system,resource,sample_date,used_gb,total_gb\nA,D,2026-05-01,0,0\n", 0, 0, "", "total is not above zero"},
		{"used that is no number", "system,resource,sample_date,used_gb,total_gb\nA,D,2026-05-01,much,100\n", 0, 0, "", "used or total is empty or no number"},
		{"no system", "system,resource,sample_date,used_gb,total_gb\n,D,2026-05-01,1,100\n", 0, 0, "", "system is empty"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, in := only(t, "capacity.csv", c.text)
			if c.rejected != "" {
				if len(set.Samples) > 0 || in.Rows[0].Reason != c.rejected {
					t.Errorf("%+v, %q", set.Samples, in.Rows[0].Reason)
				}
				return
			}
			if len(set.Samples) != 1 || set.Samples[0].Used != c.used || set.Samples[0].Total != c.total || set.Samples[0].Unit != c.unit {
				t.Errorf("%+v, %v", set.Samples, in.Rows)
			}
		})
	}
}

func TestRestores(t *testing.T) {
	header := "test_id,system,started,ended,scope,result,minutes,duration,integrity_checked\n"
	for _, c := range []struct {
		fact, row string
		minutes   evidence.Number
		result    evidence.Result
		on        string
	}{
		{"minutes as written", "1,A,2026-05-01 10:00,2026-05-01 11:30,full vm,Success,55,,yes", evidence.Known(55), evidence.Success, "2026-05-01 11:30"},
		{"minutes from start to end", "1,A,2026-05-01 10:00,2026-05-01 11:30,full vm,Success,,,yes", evidence.Known(90), evidence.Success, "2026-05-01 11:30"},
		{"days without times measure nothing", "1,A,2026-05-01,2026-05-02,full vm,Success,,,yes", evidence.Number{}, evidence.Success, "2026-05-02 23:59"},
		{"without an end it did not finish", "1,A,2026-05-01 10:00,,full vm,Success,,,yes", evidence.Number{}, evidence.Running, "2026-05-01 10:00"},
		{"minutes with a unit", "1,A,2026-05-01 10:00,2026-05-01 11:30,full vm,Failed,1h 35m,,no", evidence.Known(95), evidence.Failed, "2026-05-01 11:30"},
		{"minutes that are none count as missing", "1,A,2026-05-01,2026-05-02,full vm,Success,quick,,yes", evidence.Number{}, evidence.Success, "2026-05-02 23:59"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, _ := only(t, "restores.csv", header+c.row+"\n")
			r := set.Restores[0]
			if r.Minutes != c.minutes || r.Result != c.result || r.TestedOn.Format("2006-01-02 15:04") != c.on || r.Scope != evidence.ScopeSystem {
				t.Errorf("%+v", r)
			}
		})
	}
	t.Run("a service is a subject too", func(t *testing.T) {
		set, in := only(t, "restores.csv", "test_id,service_id,tested_on,scope,result\n1,SVC-1,2026-05-01,everything,purple\n2,,2026-05-01,file,ok\n")
		if len(set.Restores) != 1 || set.Restores[0].Service != "SVC-1" || set.Restores[0].Scope != evidence.ScopeUnknown || set.Restores[0].Result != evidence.UnknownResult || len(in.Problems) != 2 || in.Rows[1].Reason != "it names neither a system nor a service" {
			t.Errorf("%+v, %v, %v", set.Restores, in.Problems, in.Rows)
		}
	})
}

func TestAlerts(t *testing.T) {
	header := "alert_id,raised,system,signature,severity,acknowledged_by,acknowledged_at,closed,endsAt,ticket,state\n"
	for _, c := range []struct {
		fact, row string
		closed    bool
		person    bool
	}{
		{"open", "1,2026-05-01,A,s,warning,,,,,,open", false, false},
		{"closed by its state", "1,2026-05-01,A,s,warning,,,,,,auto-closed", true, false},
		{"closed with words behind", "1,2026-05-01,A,s,warning,,,,,,Closed - no action", true, false},
		{"closed by its date", "1,2026-05-01,A,s,warning,,,2026-05-02,,,", true, false},
		{"an open state with a closing date", "1,2026-05-01,A,s,warning,,,2026-05-02,,,open", true, false},
		{"a person took it", "1,2026-05-01,A,s,warning,D. Ortiz,2026-05-01 10:00,,,,open", false, true},
		{"the system took it", "1,2026-05-01,A,s,warning,system,2026-05-01 10:00,,,,open", false, false},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, _ := only(t, "alerts.csv", header+c.row+"\n")
			if a := set.Alerts[0]; a.IsClosed != c.closed || a.ByPerson != c.person {
				t.Errorf("%+v", a)
			}
		})
	}
	for state, want := range map[string]bool{"active": false, "suppressed": false, "firing": false, "resolved": true, "expired": true} {
		set, _ := only(t, "alerts.csv", "fingerprint,startsAt,instance,alertname,endsAt,status.state\n1,2026-05-01T10:00:00Z,hv01.corp:9100,disk,2026-05-01T12:00:00Z,"+state+"\n")
		if a := set.Alerts[0]; a.IsClosed != want || a.Closed.IsZero() == want || a.System != "hv01.corp" {
			t.Errorf("endsAt of an alert that is %s: %+v", state, a)
		}
	}
	t.Run("Zabbix", func(t *testing.T) {
		set, in := only(t, "problems.csv", "Severity,Time,Recovery time,Status,Host,Problem,Duration,Ack,Actions,Tags\nHigh,2026-05-21 08:04:17 PM,2026-05-21 08:05:17 PM,RESOLVED,SQL-01,Disk full,1m,Yes,,\nWarning,2026-05-22 08:04:17 PM,,PROBLEM,SQL-01,Disk full,30s,No,,\n")
		want := []evidence.Alert{
			{ID: "Disk full SQL-01 2026-05-21 20:04:17", System: "SQL-01", Signature: "Disk full", Severity: "critical", State: "RESOLVED", IsClosed: true,
				Raised: time.Date(2026, 5, 21, 20, 4, 17, 0, time.UTC), Closed: time.Date(2026, 5, 21, 20, 5, 17, 0, time.UTC)},
			{ID: "Disk full SQL-01 2026-05-22 20:04:17", System: "SQL-01", Signature: "Disk full", Severity: "warning", State: "PROBLEM", Raised: time.Date(2026, 5, 22, 20, 4, 17, 0, time.UTC)},
		}
		for i := range set.Alerts {
			want[i].Pos = set.Alerts[i].Pos
		}
		if diff := cmp.Diff(want, set.Alerts); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if len(in.Notes) != 1 {
			t.Errorf("an acknowledgement without a name is said: %q", in.Notes)
		}
	})
}

func TestChanges(t *testing.T) {
	header := "change_id,system,state,type,opened,planned_start,actual_start,closed,outcome\n"
	for _, c := range []struct {
		fact, row              string
		implemented, cancelled bool
		notActual              bool
		started                string
	}{
		{"closed by ServiceNow's code", "C,A,3,normal,2026-05-01,2026-05-02,2026-05-03 20:00,2026-05-04,", true, false, false, "2026-05-03"},
		{"scheduled by code", "C,A,-2,normal,2026-05-01,2026-06-02,,,", false, false, true, "2026-06-02"},
		{"in review by code", "C,A,0,normal,2026-05-01,2026-05-02,,,", true, false, true, "2026-05-02"},
		{"cancelled by code", "C,A,4,normal,2026-05-01,2026-05-02,,2026-05-03,", false, true, true, "2026-05-02"},
		{"cancelled in words", "C,A,Canceled,normal,2026-05-01,,,,", false, true, true, "2026-05-01"},
		{"cancelled after work began", "C,A,Cancelled,normal,2026-05-01,,2026-05-02,,", true, false, false, "2026-05-02"},
		{"no state, but a closing date", "C,A,,,2026-05-01,,,2026-05-02,", true, false, true, "2026-05-01"},
		{"no state and nothing else may have begun", "C,A,,,2026-05-01,,,,", true, false, true, "2026-05-01"},
		{"no state and planned for later has not", "C,A,,,2026-05-01,2026-06-05,,,", false, false, true, "2026-06-05"},
		{"a word nobody knows may have begun", "C,A,Zwischenstand,,2026-05-01,,,,", true, false, true, "2026-05-01"},
		{"approved has not begun", "C,A,Approved,,2026-05-01,,,,", false, false, true, "2026-05-01"},
		{"approved with a start has", "C,A,Approved,,2026-05-01,,2026-05-02,,", true, false, false, "2026-05-02"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, _ := only(t, "changes.csv", header+c.row+"\n")
			x := set.Changes[0]
			if x.Implemented != c.implemented || x.Cancelled != c.cancelled || x.NotActual != c.notActual || x.Started.Format("2006-01-02") != c.started {
				t.Errorf("%+v", x)
			}
		})
	}
	t.Run("a planned date never sets a change aside, an actual one does", func(t *testing.T) {
		set, in := only(t, "changes.csv", header+"1,A,,,2026-05-01,2027-01-01,,,\n2,A,,,2026-05-01,,2026-06-01,,\n3,A,,,2026-06-01,,,,\n")
		if len(set.Changes) != 1 || set.Changes[0].ID != "1" || in.SetAside != 2 {
			t.Errorf("%+v", in.Rows)
		}
	})
	t.Run("types", func(t *testing.T) {
		set, in := only(t, "changes.csv", header+"1,A,,Standard,2026-05-01,,,,\n2,A,,Expedited,2026-05-01,,,,\n3,A,,pre-approved,2026-05-01,,,,\n4,A,,,2026-05-01,,,,\n")
		var got []string
		for _, c := range set.Changes {
			got = append(got, c.Type)
		}
		if diff := cmp.Diff([]string{"standard", "emergency", "", ""}, got); diff != "" || len(in.Problems) != 1 {
			t.Errorf("%v (-want +got)\n%s", in.Problems, diff)
		}
	})
}

func TestServices(t *testing.T) {
	set, in := only(t, "services.csv", `service_id,name,stops,lost_output_per_hour,overtime_per_hour,idle_labour_per_hour,penalty_per_hour,rto_hours,rpo_hours,business_hours_per_day,currency
S1,Shipping,Revenue,"$2,400",950,0,0,30 min,2 days,7.5,USD
S2,Orders,service delivery,,,,,4,,25,
S3,Payroll,fun,100,,0,0,4,,8,EUR
S4,Invoices,revenue,100,,0,0,4,,8,USD
`)
	s := set.Services
	if s[0].CostPerHour != evidence.Known(3350) || s[0].CostParts["lost_output"] != 2400 || s[0].RTOHours != evidence.Known(0.5) || s[0].RPOHours != evidence.Known(48) || s[0].HoursPerDay != evidence.Known(7.5) {
		t.Errorf("%+v", s[0])
	}
	if s[1].CostPerHour.Known || s[1].Stops != evidence.StopsService || s[1].HoursPerDay.Known {
		t.Errorf("%+v", s[1])
	}
	if s[2].CostPerHour.Known || s[2].CostParts != nil || s[2].Stops != "" {
		t.Errorf("a cost in another currency is not read: %+v", s[2])
	}
	if s[3].CostPerHour.Known || s[3].CostParts != nil {
		t.Errorf("a cost without one of its parts is not declared: %+v", s[3])
	}
	if len(in.Problems) != 4 {
		t.Errorf("%v", in.Problems)
	}
}

func TestACostLacksThePartThatHasNoColumn(t *testing.T) {
	const all = "lost_output_per_hour,overtime_per_hour,idle_labour_per_hour,penalty_per_hour"
	for _, c := range []struct {
		name, header, cells string
		want                evidence.Number
	}{
		{"every part", all, "100,20,3,0", evidence.Known(123)},
		{"no column of lost output", "overtime_per_hour,idle_labour_per_hour,penalty_per_hour", "20,3,0", evidence.Number{}},
		{"no column of a penalty", "lost_output_per_hour,overtime_per_hour,idle_labour_per_hour", "100,20,3", evidence.Number{}},
		{"the whole cost beside one part", "cost_per_hour,lost_output_per_hour", "500,100", evidence.Known(500)},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, in := only(t, "services.csv", "service_id,name,stops,rto_hours,"+c.header+"\nS1,Shipping,revenue,4,"+c.cells+"\n")
			if got := set.Services[0].CostPerHour; got != c.want || c.want.Known == (len(in.Problems) > 0) {
				t.Errorf("cost %+v, want %+v; problems %v", got, c.want, in.Problems)
			}
		})
	}
}

func TestVirtualMachines(t *testing.T) {
	set, _ := only(t, "inventory.csv", `system_id,kind,model,serial,mac
A,Application server,Virtual machine,,
B,VM,,,
C,Server,PowerEdge R750,OV40A9C5,b0:7b:25:00:00:01
D,Server,,VMware-56 4d 1b,
E,Server,,,00:15:5D:01:02:03
F,Virtualization host,VMware ESXi,,00:50:56:01:02:03
G,,,,
H,Database server,,To be filled,
I,Physical server,,,
J,Firewall,,,
K,Laptop,,,
`)
	got := map[string]evidence.Answer{}
	for i := range set.Systems {
		got[set.Systems[i].ID] = set.Systems[i].Virtual
	}
	want := map[string]evidence.Answer{
		"A": evidence.Yes, "B": evidence.Yes, "C": evidence.No, "D": evidence.Yes, "E": evidence.Yes, "F": evidence.No,
		"G": evidence.Unknown, "H": evidence.Unknown, "I": evidence.No, "J": evidence.No, "K": evidence.No,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestMoneyIsInTheConfiguredCurrency(t *testing.T) {
	for _, c := range []struct {
		heading, cell, currency string
		known                   bool
	}{
		{"cost_per_hour_usd", "100", "USD", true}, {"cost_per_hour_usd", "100", "EUR", false}, {"cost_per_hour", "$100", "USD", true}, {"cost_per_hour", "$100", "CAD", true},
		{"cost_per_hour", "€100", "EUR", true}, {"cost_per_hour", "€100", "USD", false}, {"cost_per_hour", "100 EUR", "USD", false}, {"cost_per_hour", "-100", "USD", false},
	} {
		set, _, _ := load(Options{Config: &config.Config{TimeZone: time.UTC, Currency: c.currency}, Files: []File{{Table: table(t, "exports/services.csv", "service_id,name,stops,rto_hours,"+c.heading+"\nS,S,revenue,4,"+c.cell+"\n")}}})
		if set.Services[0].CostPerHour.Known != c.known {
			t.Errorf("%s %q in %s: %+v", c.heading, c.cell, c.currency, set.Services[0].CostPerHour)
		}
	}
}

func TestInventoryRows(t *testing.T) {
	set, in := only(t, "inventory.csv", `Asset Tag,Asset Name,Serial,Category,Status,Username,Monitored,Support ends,OS
A1,SRV-1,S1234,Server,Retired,none,maybe,9999-12-31,Linux
,SRV-2,S1235,,deployed,D. Ortiz,yes,2026-01-01,Windows 11 laptop
,,S1236,,,,,,
`)
	a, b := set.Systems[0], set.Systems[1]
	if !a.Retired || a.Owner != "" || a.Monitored != evidence.Unknown || !a.SupportEnds.IsZero() || a.Class != evidence.ClassServer {
		t.Errorf("%+v", a)
	}
	if b.InventoryID != "SRV-2" || b.Owner != "D. Ortiz" || b.Class != evidence.ClassWorkstation || b.SupportEnds.IsZero() {
		t.Errorf("%+v", b)
	}
	if in.Used != 2 || in.Rejected != 1 || in.Rows[2].Reason != "no system_id, name or fqdn" || len(in.Problems) != 1 {
		t.Errorf("%v, %v", in.Rows, in.Problems)
	}
}

func TestTasksPlansAndDecisions(t *testing.T) {
	set, in := only(t, "tasks.csv", "task_id,task,cadence,last_done\n1,Review,0 2 * * *,never\n2,Test,every 2 weeks,2026-05-01\n3,,monthly,\n")
	if len(set.Tasks) != 2 || set.Tasks[0].Every != 0 || !set.Tasks[0].LastDone.IsZero() || set.Tasks[1].Every != 14*24*time.Hour || len(in.Problems) != 1 || in.Rejected != 1 {
		t.Errorf("%+v, %v", set.Tasks, in.Problems)
	}
	set, in = only(t, "plan.csv", "service_id,step,system,needs,expected_minutes\nS,1,A,B;C,30\nS,one,A,,\nS,2.5,A,,\n,3,A,,\nS,4,,,\n")
	if len(set.Plan) != 1 || in.Rejected != 4 || cmp.Diff([]string{"B", "C"}, set.Plan[0].Needs) != "" || set.Plan[0].ExpectedMinutes != evidence.Known(30) {
		t.Errorf("%+v, %v", set.Plan, in.Rows)
	}
	set, _ = only(t, "decisions.csv", "decision,why,cost,decide_by\nBuy storage,full in June,\"$12,000\",2026-06-10\nName an owner,,about two days,\n")
	if len(set.Decisions) != 2 || set.Decisions[0].Cost != evidence.Known(12000) || set.Decisions[1].Cost.Known || set.Decisions[1].CostText != "about two days" || set.Decisions[0].DecideBy.IsZero() {
		t.Errorf("%+v", set.Decisions)
	}
}

func TestJobs(t *testing.T) {
	set, in := only(t, "jobs.csv", `job_id,system,kind,started,ended,result,message,size_bytes,expected
SNAP-A,A,,2026-05-01 01:00,2026-05-01 02:00,success,,5.56 GB,daily
DBCC-A,A,,2026-05-01 01:00,,none,,,
J-7,A,,2026-05-01 01:00,,failed,consistency check aborted,,
J-8,,Hyper-V,2026-05-01 01:00,,Warning,,,
`)
	var got []string
	for _, j := range set.Jobs {
		got = append(got, j.Job+" "+j.System+" "+string(j.Kind)+" "+string(j.Result))
	}
	if diff := cmp.Diff([]string{"SNAP-A A backup success", "DBCC-A A integrity running", "J-7 A integrity failed", "J-8  other warning"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if set.Jobs[0].Expected != 24*time.Hour || set.Jobs[0].SizeBytes != evidence.Known(5.56*(1<<30)) || len(in.Problems) > 0 {
		t.Errorf("%+v, %v", set.Jobs[0], in.Problems)
	}
}

func TestAClockThatGoesBackIsSaid(t *testing.T) {
	set, readings, _ := load(Options{Config: &config.Config{TimeZone: mustZone(t, "America/Los_Angeles"), Currency: "USD"}, Files: []File{{Table: table(t, "exports/alerts.csv", alertHeader+"A1,2026-03-08 02:30,SQL-01,disk,warning,,,open\n")}}})
	if in := readings[0].Input; len(set.Alerts) != 1 || len(in.Notes) != 1 || in.Notes[0] != `row 2: "2026-03-08 02:30": 2026-03-08 02:30 does not exist in America/Los_Angeles, where clocks go forward.` {
		t.Errorf("%q", in.Notes)
	}
}

func TestColumnsTable(t *testing.T) {
	if _, err := parseColumns("h\nx\ty\n"); err == nil {
		t.Error("a line with two cells was read")
	}
	kinds := map[Kind]bool{KindKey: true, KindText: true, KindPerson: true, KindSystem: true, KindSystems: true, KindService: true, KindServices: true, KindEnd: true, KindDate: true, KindNumber: true, KindHours: true, KindMinutes: true, KindMoney: true, KindSize: true, KindPercent: true, KindAnswer: true, KindResult: true, KindScope: true, KindStops: true, KindSeverity: true, KindLevel: true, KindJob: true, KindEdge: true, KindCadence: true, KindChange: true, KindList: true, KindDays: true, KindCopy: true, KindParts: true}
	for column, want := range map[string]string{"rto_hours": "h", "business_hours_per_day": "h", "minutes": "min", "name": ""} {
		for _, d := range []string{"services", "restores"} {
			if c := dataSet(d).column(column); c != nil && c.Unit() != want {
				t.Errorf("%s.%s is in %q, want %q", d, column, c.Unit(), want)
			}
		}
	}
	named := map[string]bool{}
	for _, d := range DataSets() {
		named[d.Name] = true
		if len(d.Columns) == 0 || d.Row == "" {
			t.Errorf("%s has %d columns, a row is %q", d.Name, len(d.Columns), d.Row)
		}
		seen := map[string]string{}
		required := false
		for _, c := range d.Columns {
			required = required || len(c.Required) > 0
			if !kinds[c.Kind] {
				t.Errorf("%s.%s is of the unknown kind %q", d.Name, c.Name, c.Kind)
			}
			if c.Meaning == "" {
				t.Errorf("%s.%s has no meaning", d.Name, c.Name)
			}
			for _, k := range c.keys {
				if other, taken := seen[k]; taken {
					t.Errorf("%s: %q means both %s and %s", d.Name, k, other, c.Name)
				}
				seen[k] = c.Name
			}
		}
		if !required {
			t.Errorf("%s requires nothing, so it would fit every file", d.Name)
		}
	}
	for name := range columnTable {
		if !named[name] {
			t.Errorf("columns.tsv has %q, which is no data set", name)
		}
	}
	for _, name := range config.DataSets {
		if !named[name] {
			t.Errorf("the configuration knows %q, which intake does not", name)
		}
	}
}
