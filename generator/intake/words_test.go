package intake

import (
	"testing"
	"time"

	"proofpack/generator/evidence"
)

func TestNumbers(t *testing.T) {
	point, comma := numberStyle{}, numberStyle{decimalComma: true}
	for _, c := range []struct {
		style numberStyle
		cell  string
		want  float64
		ok    bool
	}{
		{point, "3350", 3350, true},
		{point, "3,350", 3350, true},
		{point, "1,234,567.89", 1234567.89, true},
		{point, "3 350", 3350, true},
		{point, "3\u00a0350", 3350, true},
		{point, "3'350", 3350, true},
		{point, "-5", -5, true},
		{point, "(5)", -5, true},
		{point, "9.8000000000000007", 9.8000000000000007, true},
		{point, "1e3", 1000, true},
		{point, ".5", 0.5, true},
		{comma, "3.350,50", 3350.5, true},
		{comma, "7,5", 7.5, true},
		{point, "7,5", 0, false},
		{point, "1,23,456", 0, false},
		{point, "1.2.3", 0, false},
		{point, "NaN", 0, false},
		{point, "Inf", 0, false},
		{point, "1e999", 0, false},
		{point, "0x10", 0, false},
		{point, "", 0, false},
		{point, "12abc", 0, false},
		{point, ",", 0, false},
	} {
		got, ok := c.style.number(c.cell)
		if ok != c.ok || got != c.want {
			t.Errorf("%q: %v, %v; want %v, %v", c.cell, got, ok, c.want, c.ok)
		}
	}
}

func TestTheStyleOfAColumnOfNumbers(t *testing.T) {
	for _, c := range []struct {
		fact      string
		cells     []string
		delimiter string
		comma     bool
	}{
		{"a comma before two digits", []string{"1,50", "1.234"}, ",", true},
		{"a point before two digits", []string{"1.50", "1,234"}, ",", false},
		{"thousands only, comma file", []string{"1,234"}, ",", false},
		{"thousands only, semicolon file", []string{"1,234"}, ";", true},
		{"semicolon file with points", []string{"1.5"}, ";", false},
		{"both in one value decide", []string{"1.234,567"}, ",", true},
	} {
		if got := styleOf(c.cells, c.delimiter).decimalComma; got != c.comma {
			t.Errorf("%s: decimal comma %v, want %v", c.fact, got, c.comma)
		}
	}
}

func TestAmountsWithUnits(t *testing.T) {
	for _, c := range []struct {
		cell string
		want float64
		unit string
		ok   bool
	}{
		{"5.56 GB", 5.56, "GB", true}, {"17.04 MB", 17.04, "MB", true}, {"0 B", 0, "bytes", true}, {"0.04GB", 0.04, "GB", true},
		{"95 %", 95, "%", true}, {"95.6%", 95.6, "%", true}, {"$3,350", 3350, "$", true}, {"3.350 €", 3.35, "€", true}, {"USD 3350", 3350, "USD", true},
		{"3350", 3350, "", true}, {"1.62x", 1.62, "?", true}, {"Unlimited", 0, "", false}, {"GB", 0, "", false},
	} {
		got, unit, ok := numberStyle{}.withUnit(c.cell)
		if got != c.want || unit != c.unit || ok != c.ok {
			t.Errorf("%q: %v %q %v; want %v %q %v", c.cell, got, unit, ok, c.want, c.unit, c.ok)
		}
	}
}

func TestLengthsOfTime(t *testing.T) {
	for _, c := range []struct {
		cell, unit string
		want       time.Duration
		ok         bool
	}{
		{"00:01:35.8830000", "min", 95*time.Second + 883*time.Millisecond, true},
		{"1.02:03:04", "min", 26*time.Hour + 3*time.Minute + 4*time.Second, true},
		{"2:30", "min", 150 * time.Minute, true},
		{"95", "min", 95 * time.Minute, true},
		{"27.5", "s", 27500 * time.Millisecond, true},
		{"1m", "min", time.Minute, true},
		{"30s", "min", 30 * time.Second, true},
		{"1h 35m", "min", 95 * time.Minute, true},
		{"2 days, 1 hour", "h", 49 * time.Hour, true},
		{"PT1H35M", "min", 95 * time.Minute, true},
		{"4", "h", 4 * time.Hour, true},
		{"30 min", "h", 30 * time.Minute, true},
		{"-5", "min", 0, false},
		{"00:61:00", "min", 0, false},
		{"1:2:3:4", "min", 0, false},
		{"soon", "min", 0, false},
		{"5 parsecs", "min", 0, false},
		{"99999999999999", "h", 0, false},
	} {
		got, ok := numberStyle{}.span(c.cell, c.unit)
		if got != c.want || ok != c.ok {
			t.Errorf("%q in %s: %v, %v; want %v, %v", c.cell, c.unit, got, ok, c.want, c.ok)
		}
	}
}

// TestByPerson is M3 and its relatives: what acknowledges by itself is no
// person.
func TestByPerson(t *testing.T) {
	for name, want := range map[string]bool{
		"D. Ortiz": true, "abdiel.r": true, "L. Chen": true, `CORP\dortiz`: true, "j.doe@corp.example.com": true, "O'Brien": true, "李雷": true, "Systema Anna": true,
		"system": false, "System": false, "auto": false, "AUTO": false, "Auto-close rule 7": false, "service": false, "svc-zabbix": false, `NT AUTHORITY\SYSTEM`: false,
		"monitoring": false, "-": false, "": false, "n/a": false, "none": false, "yes": false, "Yes": false, "1": false, "noreply@corp.example.com": false,
		"alertmanager": false, "Help desk": false, "admin": false, "'-": false, "Escalation Policy": false,
	} {
		if got := evidence.IsPerson(name); got != want {
			t.Errorf("%q: person %v, want %v", name, got, want)
		}
	}
}

func TestWordsOfTools(t *testing.T) {
	for cell, want := range map[string]evidence.Result{
		"Success": evidence.Success, "SUCCESS": evidence.Success, "Warning": evidence.Warning, "Failed": evidence.Failed, "None": evidence.Running,
		"In Progress": evidence.Running, "completed with errors": evidence.Failed, "Completed with warnings": evidence.Warning, "purple": evidence.UnknownResult, "": evidence.UnknownResult,
	} {
		if got := results[foldWords(cell)]; got != want {
			t.Errorf("result %q: %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]evidence.Scope{
		"single file": evidence.ScopeFile, "full application": evidence.ScopeApplication, "Full VM": evidence.ScopeSystem, "service": evidence.ScopeService, "everything": evidence.ScopeUnknown,
	} {
		if got := scopes[foldWords(cell)]; got != want {
			t.Errorf("scope %q: %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]evidence.Answer{
		"True": evidence.Yes, "TRUE": evidence.Yes, "Y": evidence.Yes, "1": evidence.Yes, "no": evidence.No, "2": evidence.No, "False": evidence.No, "maybe": evidence.Unknown,
	} {
		if got := answers[foldWords(cell)]; got != want {
			t.Errorf("answer %q: %v, want %v", cell, got, want)
		}
	}
}

func TestWhatAJobDoes(t *testing.T) {
	for cell, want := range map[string]evidence.JobKind{
		"backup": evidence.JobBackup, "Incremental": evidence.JobBackup, "Full": evidence.JobBackup, "snapshot": evidence.JobBackup,
		"database-consistency": evidence.JobIntegrity, "DBCC CHECKDB": evidence.JobIntegrity, "CheckDB": evidence.JobIntegrity, "integrity": evidence.JobIntegrity,
		"snapshot-cleanup": evidence.JobCleanup, "Snapshot consolidation": evidence.JobCleanup, "retention": evidence.JobCleanup, "purge": evidence.JobCleanup,
		"replication": evidence.JobReplication, "VM restore": evidence.JobOther, "other": evidence.JobOther, "defragment": "", "": "",
	} {
		if got := jobKind(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestWhatASystemIs(t *testing.T) {
	for kind, want := range map[string]evidence.Class{
		"virtualization host": evidence.ClassHypervisor, "VMware ESXi": evidence.ClassHypervisor, "database server": evidence.ClassDatabase, "SQL": evidence.ClassDatabase,
		"line-of-business server": evidence.ClassServer, "application server": evidence.ClassServer, "Virtual Machine": evidence.ClassServer, "vm": evidence.ClassServer,
		"backup server": evidence.ClassBackup, "domain controller": evidence.ClassDomainController, "NAS": evidence.ClassStorage, "web server": evidence.ClassWeb,
		"Firewall": evidence.ClassEdge, "VPN gateway": evidence.ClassEdge, "Core Switch": evidence.ClassEdge, "Router": evidence.ClassEdge, "Internet line": evidence.ClassLine,
		"Wireless AP": evidence.ClassLine, "Laptop": evidence.ClassWorkstation, "SaaS": evidence.ClassCloud, "PDU": evidence.ClassOther, "": evidence.ClassOther, "file server": evidence.ClassServer,
	} {
		if got := classOf(kind); got != want {
			t.Errorf("%q: %q, want %q", kind, got, want)
		}
	}
}

func TestCadences(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]cadence{
		"daily": {day, 0}, "Nightly": {day, 0}, "weekly": {7 * day, 0}, "every 2 weeks": {14 * day, 0}, "bi-weekly": {14 * day, 0}, "monthly": {30 * day, 1},
		"quarterly": {91 * day, 3}, "Every 3 months": {91 * day, 3}, "semi-annual": {182 * day, 6}, "yearly": {365 * day, 12}, "annually": {365 * day, 12},
		"every 90 days": {90 * day, 0}, "P3M": {91 * day, 3}, "P7D": {7 * day, 0}, "every 6 hours": {6 * time.Hour, 0}, "30d": {30 * day, 0}, "every two weeks": {14 * day, 0},
	} {
		if got, ok := parseCadence(text); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "0 2 * * *", "sometimes", "every 0 days", "when needed", "every 2000 weeks", "p", "every"} {
		if got, ok := parseCadence(text); ok {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestBlanks(t *testing.T) {
	for cell, want := range map[string]bool{
		"": true, "  ": true, "'-": true, "N/A": true, "?": true, "no_information": true, "Veeam.Backup.Model.CBackupRepositoryInfo": true, "System.Object[]": true,
		"0": false, "none": false, "never": false, "system.corp.example.com": false, "SQL-01": false,
	} {
		if got := isBlank(cell); got != want {
			t.Errorf("%q: blank %v, want %v", cell, got, want)
		}
	}
}
