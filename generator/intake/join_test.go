package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

const cmdb = `system_id,name,fqdn,serial,ip,mac,kind,owner,runs_on,depends_on
SQL-01,Shipping database,sql-01.corp.example.com,VMW-4213,10.0.0.5,00:0d:3a:45:64:7f,database,D. Ortiz,VMH-01,
VMH-01,,vmh-01.corp.example.com,0,10.0.0.2,,hypervisor,,,
WEB-01,,web.a.example.com,To be filled by O.E.M.,10.0.0.7,,web,,,SQL-01
WEB-02,,web.b.example.com,To be filled by O.E.M.,10.0.0.7,,web,,,SQL-01
ERP-01,,,,,,server,,,
`

// joined loads the inventory with one alert that names a system.
func joined(t *testing.T, name string, aliases ...config.Alias) (*evidence.Set, *evidence.Input) {
	t.Helper()
	alerts := table(t, "exports/alerts.csv", alertHeader)
	row := []string{"A1", "2026-05-01", name, "disk", "warning", "", "", "open"}
	alerts.Rows = append(alerts.Rows, sourceRow(2, row))
	set, readings, problems := load(Options{
		Config: &config.Config{TimeZone: time.UTC, Currency: "USD", Aliases: aliases},
		Files:  []File{{Table: table(t, "exports/inventory.csv", cmdb)}, {Table: alerts}},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set, readings[0].Input
}

func TestJoins(t *testing.T) {
	old := config.Alias{System: "SQL-01", Names: []string{"old-sql", "WEB"}}
	for _, c := range []struct {
		fact, name string
		by         string // "" for no weak join
		inventory  string // the system's own id in the inventory; "" when no system answers
		id         string // the id it gets, as the only name that other exports use for it
	}{
		{"the exact id is no weak join", "SQL-01", "", "SQL-01", "SQL-01"},
		{"another case is", "sql-01", "id", "SQL-01", "SQL-01"},
		{"spaces are", " SQL-01 ", "id", "SQL-01", "SQL-01"},
		{"a domain before it", `CORP\SQL-01`, "id", "SQL-01", "SQL-01"},
		{"a port behind it", "SQL-01:9100", "id", "SQL-01", "SQL-01"},
		{"an address of a page", "https://sql-01:9182/metrics", "id", "SQL-01", "SQL-01"},
		{"a serial number", "vmw-4213", "serial", "SQL-01", "SQL-01"},
		{"a MAC address", "00-0D-3A-45-64-7F", "MAC", "SQL-01", "SQL-01"},
		{"the full name", "sql-01.corp.example.com", "FQDN", "SQL-01", "sql-01.corp.example.com"},
		{"the full name with a port", "hv.corp.example.com:9100", "", "", "hv.corp.example.com"},
		{"the host name", "erp-01.corp.example.com", "host name", "ERP-01", "erp-01.corp.example.com"},
		{"the host name in another domain is another system", "sql-01.other.example.com", "", "", "sql-01.other.example.com"},
		{"the name", "shipping  DATABASE", "", "", "shipping  DATABASE"},
		{"the name as it is", "shipping DATABASE", "name", "SQL-01", "shipping DATABASE"},
		{"an address", "10.0.0.5", "IP", "SQL-01", "SQL-01"},
		{"an address with a port", "10.0.0.5:445", "IP", "SQL-01", "SQL-01"},
		{"an alias", "old-sql", "alias", "SQL-01", "SQL-01"},
		{"a junk serial joins nothing", "0", "", "", "0"},
		{"a name two systems answer to joins none, but an alias decides", "web", "alias", "SQL-01", "SQL-01"},
		{"a Cyrillic letter joins nothing", "SQL-0\u0406", "", "", "SQL-0\u0406"},
		{"full-width letters are the same letters", "ＳＱＬ-01", "id", "SQL-01", "SQL-01"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, _ := joined(t, c.name, old)
			id := set.Alerts[0].System
			sys := set.System(id)
			if id != c.id || sys == nil || sys.InventoryID != c.inventory || sys.InInventory != (c.inventory != "") {
				t.Fatalf("%q became %q, %+v", c.name, id, sys)
			}
			for i := range set.Inputs {
				if in := &set.Inputs[i]; in.DataSet == evidence.Alerts && (len(in.Systems) != 1 || in.Systems[0] != c.id) {
					t.Errorf("the alerts name %q, want %q", in.Systems, c.id)
				}
			}
			var want []evidence.Join
			if c.by != "" {
				want = []evidence.Join{{Name: c.name, System: c.id, By: c.by, Rows: 1}}
			}
			if diff := cmp.Diff(want, set.Joins); diff != "" {
				t.Errorf("joins (-want +got)\n%s", diff)
			}
			if (len(set.Unknown) > 0) != (c.inventory == "") {
				t.Errorf("unknown %+v", set.Unknown)
			}
		})
	}
}

func TestAmbiguousNamesAreNotJoinedInSilence(t *testing.T) {
	for _, name := range []string{"web", "10.0.0.7"} {
		set, in := joined(t, name)
		if len(set.Unknown) != 1 || set.Alerts[0].System != name || len(in.Problems) != 1 || in.Problems[0].Code != "ambiguous-system" || !strings.Contains(in.Problems[0].Message, "WEB-01 or WEB-02; none was taken") {
			t.Errorf("%s: unknown %+v, problems %v", name, set.Unknown, in.Problems)
		}
	}
}

func TestLookAlikeLettersAreSaid(t *testing.T) {
	set, in := joined(t, "VМH-01")
	if len(set.Unknown) != 1 || set.System("VMH-01") == nil || len(in.Problems) != 1 || in.Problems[0].Code != "mixed-script" || !strings.Contains(in.Problems[0].Message, "Latin and Cyrillic") {
		t.Errorf("unknown %+v, problems %v", set.Unknown, in.Problems)
	}
}

func TestAnAliasOfASystemTheInventoryLacks(t *testing.T) {
	set, _ := joined(t, "old-nas", config.Alias{System: "NAS-01", Names: []string{"old-nas"}})
	if set.Alerts[0].System != "NAS-01" || set.System("NAS-01").InInventory || set.Joins[0].By != "alias" {
		t.Errorf("%+v, %+v", set.Alerts[0], set.Joins)
	}
}

func TestTheIdIsWhatOtherExportsUseMost(t *testing.T) {
	inventory := "AssetID,AssetName,Serialnumber\n101,SQL-01,S1234\n102,ERP-01,S5678\n103,WMS-01,S9012\n"
	for _, c := range []struct {
		fact   string
		alerts []string
		want   []string
	}{
		{"the name, where only it is used", []string{"SQL-01", "sql-01", "SQL-01"}, []string{"SQL-01", "102", "103"}},
		{"a tie goes to the inventory", []string{"SQL-01", "101"}, []string{"101", "102", "103"}},
		{"a serial number is no id", []string{"S1234", "S1234"}, []string{"101", "102", "103"}},
		{"each system has its own", []string{"erp-01.corp", "ERP-01", "ERP-01", "wms-01"}, []string{"101", "ERP-01", "wms-01"}},
	} {
		t.Run(c.fact, func(t *testing.T) {
			text := alertHeader
			for i, name := range c.alerts {
				text += "A" + string(rune('0'+i)) + ",2026-05-01," + name + ",disk,warning,,,open\n"
			}
			set, _, problems := load(Options{Files: []File{{Table: table(t, "exports/inventory.csv", inventory)}, {Table: table(t, "exports/alerts.csv", text)}}})
			var got []string
			for _, s := range set.Systems {
				got = append(got, s.ID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || len(problems) > 0 {
				t.Errorf("problems %q (-want +got)\n%s", problems, diff)
			}
		})
	}
}

func TestTwoInventoriesMakeOneSystem(t *testing.T) {
	set, readings, problems := load(Options{Files: []File{
		{Table: table(t, "exports/cmdb.csv", cmdb)},
		{Table: table(t, "exports/lansweeper.csv", "AssetID,AssetName,Serialnumber,OS,Lastseen,IPAddress\n1,SQL01-NEW,VMW-4213,Windows Server 2022,2026-05-30,10.0.0.50\n2,erp-01,,Windows Server 2019,2026-05-29,\n3,web,0,Linux,,\n4,NAS-01,X-77123,,,\n")},
	}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var ids []string
	for _, s := range set.Systems {
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff([]string{"SQL-01", "VMH-01", "WEB-01", "WEB-02", "ERP-01", "3", "4"}, ids); diff != "" {
		t.Fatalf("an ambiguous row stays a system of its own (-want +got)\n%s", diff)
	}
	sql := set.System("SQL-01")
	if sql.OS != "Windows Server 2022" || sql.IP != "10.0.0.5" || sql.Owner != "D. Ortiz" || !slices.Contains(sql.Names, "SQL01-NEW") || sql.LastSeen.IsZero() {
		t.Errorf("what the first leaves blank is filled in: %+v", sql)
	}
	if in := readings[1].Input; in.Used != 4 || len(in.Notes) != 1 || !strings.HasPrefix(in.Notes[0], "2 rows of systems that an earlier inventory has") {
		t.Errorf("%d used, %q", in.Used, in.Notes)
	}
}

func TestOneIdInTwoRowsOfAnInventory(t *testing.T) {
	set, _, _ := load(Options{Files: []File{
		{Table: table(t, "exports/inventory.csv", "system_id,owner,os\nSQL-01,D. Ortiz,Linux\nSQL-01,,Windows\n")},
		{Table: table(t, "exports/alerts.csv", alertHeader+"A1,2026-05-01,SQL-01,disk,warning,,,open\n")},
	}})
	if len(set.Systems) != 2 || set.Systems[1].ID != "SQL-01 (row 3)" || set.Alerts[0].System != "SQL-01" || len(set.Unknown) > 0 {
		t.Errorf("%+v", set.Systems)
	}
}

func TestRelationsToWhatTheInventoryLacks(t *testing.T) {
	set, _, _ := load(Options{Files: []File{
		{Table: table(t, "exports/services.csv", "service_id,name,stops,cost_per_hour,rto_hours\nSVC-1,Shipping,revenue,100,4\n")},
		{Table: table(t, "exports/inventory.csv", "system_id,kind,os,runs_on,depends_on,service_id\nSQL-01,database,Linux,vmh-09,Internet;SVC-1,shipping\nERP-01,server,Linux,VMH-09,sql-01,SVC-9\n")},
		{Table: table(t, "exports/dependencies.csv", "from,to,kind\nShipping,ERP-01,hard\nERP-01,FW-01,any-of:edge\nERP-01,ISP,soft\nERP-01,SQL-01,\nERP-01,SQL-01,sideways\n")},
	}})
	var unknown []string
	for _, u := range set.Unknown {
		unknown = append(unknown, u.Name)
	}
	if diff := cmp.Diff([]string{"FW-01", "Internet", "ISP", "VMH-09"}, unknown); diff != "" {
		t.Errorf("unknown (-want +got)\n%s", diff)
	}
	sql := set.System("SQL-01")
	if !slices.Equal(sql.RunsOn, []string{"VMH-09"}) || !slices.Equal(sql.DependsOn, []string{"Internet", "SVC-1"}) || !slices.Equal(sql.Services, []string{"SVC-1"}) {
		t.Errorf("%+v", sql)
	}
	if erp := set.System("ERP-01"); !slices.Equal(erp.DependsOn, []string{"SQL-01"}) || !slices.Equal(erp.Services, []string{"SVC-9"}) {
		t.Errorf("%+v", erp)
	}
	var edges []string
	for _, d := range set.Dependencies {
		edges = append(edges, d.From+" "+string(d.Kind)+" "+d.Group+" "+d.To)
	}
	if diff := cmp.Diff([]string{"SVC-1 hard  ERP-01", "ERP-01 any-of edge FW-01", "ERP-01 soft  ISP", "ERP-01 hard  SQL-01", "ERP-01 hard  SQL-01"}, edges); diff != "" {
		t.Errorf("edges (-want +got)\n%s", diff)
	}
}

func TestTasksAndChangesBelongToWhatTheirNameNames(t *testing.T) {
	files := []File{
		{Table: table(t, "exports/services.csv", "service_id,name,stops,cost_per_hour,rto_hours\nSVC-1,Shipping,revenue,100,4\nSVC-2,Order entry,revenue,100,4\n")},
		{Table: table(t, "exports/inventory.csv", "system_id,name,kind,os\nERP-01,ERP,server,Linux\nSQL-01,,database,Linux\n")},
		{Table: table(t, "exports/tasks.csv", `task_id,task,cadence,system
1,Restore test of shipping systems,quarterly,
2,Restore test of SQL-01,quarterly,
3,Shipping and order entry review,monthly,
4,Capacity review,monthly,
5,Shipping labels,monthly,ERP-01
6,Check SQL-011,monthly,
`)},
		{Table: table(t, "exports/changes.csv", `change_id,title,opened,type
C1,Patch SQL-01 and ERP-01,2026-05-01,normal
C2,New printer,2026-05-01,standard
`)},
	}
	set, readings, problems := load(Options{Files: files})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, x := range set.Tasks {
		got = append(got, x.ID+" "+x.System+" "+x.Service)
	}
	if diff := cmp.Diff([]string{"1  SVC-1", "2 SQL-01 ", "3  ", "4  ", "5 ERP-01 ", "6  "}, got); diff != "" {
		t.Errorf("tasks (-want +got)\n%s", diff)
	}
	if !slices.Equal(set.Changes[0].Systems, []string{"ERP-01", "SQL-01"}) || len(set.Changes[1].Systems) > 0 {
		t.Errorf("%+v", set.Changes)
	}
	if in := mustFind(readings, "exports/changes.csv").Input; len(in.Problems) != 1 || in.Problems[0].Code != "no-system" || in.Problems[0].Row != 3 {
		t.Errorf("%v", in.Problems)
	}
}
