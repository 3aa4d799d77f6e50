package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

const patchHeader = "finding_id,system,severity,cve,state,first_seen,last_seen,fixed_at,patchable,authenticated\n"

// found reads one row of a patch report.
func found(t *testing.T, row string) (*evidence.Set, *evidence.Input) {
	t.Helper()
	return only(t, "patches.csv", patchHeader+row+"\n")
}

func TestWhetherAFindingIsOpen(t *testing.T) {
	for _, c := range []struct {
		fact, row string
		state     evidence.FindingState
		open      bool
		notes     int // remarks and problems
	}{
		{"without a state it is open", "1,A,high,,,2026-05-01,2026-05-30,,,", evidence.FindingOpen, true, 0},
		{"active", "1,A,high,,ACTIVE,2026-05-01,2026-05-30,,,", evidence.FindingOpen, true, 0},
		{"a word that nobody knows", "1,A,high,,purple,2026-05-01,2026-05-30,,,", evidence.FindingOpen, true, 1},
		{"resurfaced", "1,A,high,,RESURFACED,2026-05-01,2026-05-30,,,", evidence.FindingReopened, true, 0},
		{"re-opened", "1,A,high,,Re-Opened,2026-05-01,2026-05-30,,,", evidence.FindingReopened, true, 0},
		{"accepted in the tool is open until an exception says why", "1,A,high,,Risk accepted,2026-05-01,2026-05-30,,,", evidence.FindingAccepted, true, 0},
		{"fixed", "1,A,high,,FIXED,2026-05-01,2026-05-30,2026-05-20,,", evidence.FindingFixed, false, 0},
		{"mitigated", "1,A,high,,Mitigated,2026-05-01,2026-05-30,,,", evidence.FindingMitigated, false, 0},
		{"fixed after as-of", "1,A,high,,FIXED,2026-05-01,2026-05-30,2026-06-01,,", evidence.FindingOpen, true, 1},
		{"fixed on the day of as-of", "1,A,high,,FIXED,2026-05-01,2026-05-30,2026-05-31,,", evidence.FindingFixed, false, 0},
		{"a day it was fixed, and no state", "1,A,high,,,2026-05-01,2026-05-20,2026-05-20,,", evidence.FindingFixed, false, 0},
		{"found again after it was fixed", "1,A,high,,,2026-05-01,2026-05-21,2026-05-20,,", evidence.FindingOpen, true, 0},
		{"active although it was fixed once", "1,A,high,,ACTIVE,2026-05-01,2026-05-20,2026-05-20,,", evidence.FindingOpen, true, 0},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, in := found(t, c.row)
			if f := set.Patches[0]; f.State != c.state || f.Open != c.open || len(in.Notes)+len(in.Problems) != c.notes {
				t.Errorf("state %q, open %t, said %q %v", f.State, f.Open, in.Notes, in.Problems)
			}
		})
	}
}

func TestWhenAFindingWasSeen(t *testing.T) {
	for _, c := range []struct {
		fact, row string
		last      string // last_seen as kept; "" none
		aside     bool
	}{
		{"inside as-of", "1,A,high,,,2026-05-01,2026-05-31,,,", "2026-05-31", false},
		{"first seen before as-of and last after it", "1,A,high,,,2026-05-01,2026-06-02,,,", "2026-05-01", false},
		{"first seen after as-of", "1,A,high,,,2026-06-01,2026-06-02,,,", "", true},
		{"only last seen, after as-of", "1,A,high,,,,2026-06-02,,,", "", true},
		{"never dated", "1,A,high,,,,,,,", "", false},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, in := found(t, c.row)
			if c.aside {
				if in.SetAside != 1 || len(set.Patches) > 0 {
					t.Errorf("%d set aside, %+v", in.SetAside, set.Patches)
				}
				return
			}
			last := ""
			if at := set.Patches[0].LastSeen; !at.IsZero() {
				last = at.Format(time.DateOnly)
			}
			if last != c.last {
				t.Errorf("last seen %q, want %q", last, c.last)
			}
		})
	}
}

func TestARowThatNamesSeveralCVEs(t *testing.T) {
	set, in := found(t, `KB1,A,high,"CVE-2026-0002, cve-2026-0001;CVE-2026-0002 (and more)",,,2026-05-30,,,`)
	var cves []string
	for _, f := range set.Patches {
		cves = append(cves, f.CVE)
		if f.Pos.Row != 2 || f.ID != "KB1" {
			t.Errorf("%+v", f)
		}
	}
	if diff := cmp.Diff([]string{"CVE-2026-0002", "CVE-2026-0001"}, cves); diff != "" || in.Used != 1 {
		t.Errorf("%d rows used, (-want +got)\n%s", in.Used, diff)
	}
	if len(set.Unknown) != 1 || len(set.Unknown[0].Rows) != 1 || set.Unknown[0].DataSet[evidence.Patches] != 1 {
		t.Errorf("one row names the unknown system: %+v", set.Unknown)
	}
	t.Run("the id of the finding may be the CVE", func(t *testing.T) {
		set, _ := found(t, "CVE-2026-0003,A,high,,,,,,,")
		if set.Patches[0].CVE != "CVE-2026-0003" {
			t.Errorf("%+v", set.Patches[0])
		}
	})
	t.Run("a cell without a CVE is said", func(t *testing.T) {
		set, in := found(t, "7,A,high,soon,,,,,,")
		if set.Patches[0].CVE != "" || len(in.Problems) != 1 {
			t.Errorf("%+v, %v", set.Patches[0], in.Problems)
		}
	})
	for row, reason := range map[string]string{",A,high,,,,,,,": "it says neither by id nor by CVE what was found", "1,,high,,,,,,,": "system is empty"} {
		if _, in := found(t, row); in.Rows[0].Reason != reason {
			t.Errorf("%s: %+v", row, in.Rows)
		}
	}
}

func TestScalesOfSeverity(t *testing.T) {
	for _, c := range []struct {
		fact    string
		heading string // of the finding's id
		cells   []string
		want    []string
		said    bool
	}{
		{"words", "finding_id", []string{"Critical", "HIGH", "moderate", "low", "None", "Important", "Log"}, []string{"critical", "high", "medium", "low", "info", "high", "info"}, false},
		{"letters", "finding_id", []string{"H", "M", "L", "C"}, []string{"high", "medium", "low", "critical"}, false},
		{"from 0", "finding_id", []string{"0", "1", "2", "3", "4"}, []string{"info", "low", "medium", "high", "critical"}, false},
		{"to 5", "finding_id", []string{"1", "2", "3", "4", "5"}, []string{"low", "low", "medium", "high", "critical"}, false},
		{"between, of Qualys", "QID", []string{"4", "3"}, []string{"high", "medium"}, false},
		{"between, of Nessus", "Plugin ID", []string{"4", "3"}, []string{"critical", "high"}, false},
		{"between, of nobody known: the worse", "finding_id", []string{"4", "3"}, []string{"critical", "high"}, true},
		{"scores", "finding_id", []string{"9.0", "8.9", "4.0", "3.9", "0"}, []string{"critical", "high", "medium", "low", "info"}, false},
		{"words and letters beside numbers", "QID", []string{"Medium", "M", "5"}, []string{"medium", "medium", "critical"}, false},
		{"a word that nobody knows", "finding_id", []string{"purple"}, []string{"purple"}, true},
		{"a number on no scale", "QID", []string{"-1"}, []string{""}, true},
		{"blank", "finding_id", []string{""}, []string{""}, false},
	} {
		t.Run(c.fact, func(t *testing.T) {
			text := c.heading + ",system,severity\n"
			for i, cell := range c.cells {
				text += fmt.Sprintf("%d,A,%s\n", i, cell)
			}
			set, in := only(t, "patches.csv", text)
			var got []string
			for _, f := range set.Patches {
				got = append(got, f.Severity)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || c.said != (len(in.Notes)+len(in.Problems) > 0) {
				t.Errorf("said %q %v (-want +got)\n%s", in.Notes, in.Problems, diff)
			}
		})
	}
	t.Run("by the score where the cell is blank", func(t *testing.T) {
		set, _ := only(t, "patches.csv", "finding_id,system,severity,cvss\n1,A,,9.8\n")
		if set.Patches[0].Severity != evidence.SeverityCritical {
			t.Errorf("%+v", set.Patches[0])
		}
	})
}

func TestScores(t *testing.T) {
	for _, c := range []struct {
		cell string
		want evidence.Number
		said string // in what is said; "" nothing is
	}{
		{"9.8", evidence.Known(9.8), ""},
		{"9.8000000000000007", evidence.Known(9.8), ""},
		{"8.1 (AV:N/AC:L/PR:N)", evidence.Known(8.1), ""},
		{"10", evidence.Known(10), ""},
		{"0", evidence.Known(0), ""},
		{"'-", evidence.Number{}, ""},
		{"45354", evidence.Number{}, "likely 3.3;"}, // 3 March 2024
		{"45417", evidence.Number{}, "likely 5.5;"}, // 5 May 2024
		{"45355", evidence.Number{}, "likely 4.3 or 3.4;"},
		{"2024-03-05", evidence.Number{}, "likely 5.3 or 3.5;"},
		{"3-Mar", evidence.Number{}, "likely 3.3;"},
		{"Mar-05", evidence.Number{}, "likely 5.3 or 3.5;"},
		{"10.1", evidence.Number{}, "is no score from 0 to 10"},
		{"45370", evidence.Number{}, "is no score from 0 to 10"}, // 19 March is no score
		{"-1", evidence.Number{}, "is no score from 0 to 10"},
		{"bad", evidence.Number{}, "is no score from 0 to 10"},
	} {
		t.Run(c.cell, func(t *testing.T) {
			set, in := only(t, "patches.csv", "finding_id,system,severity,cvss\n1,A,high,"+c.cell+"\n")
			if got := set.Patches[0].CVSS; got != c.want {
				t.Errorf("score %+v, want %+v", got, c.want)
			}
			if c.said == "" && len(in.Problems) > 0 || c.said != "" && (len(in.Problems) != 1 || !strings.Contains(in.Problems[0].Error(), c.said)) {
				t.Errorf("said %v, want %q", in.Problems, c.said)
			}
		})
	}
	t.Run("the newer version counts", func(t *testing.T) {
		set, in := only(t, "patches.csv", "Plugin ID,Host,Risk,CVSS,CVSS v3.0 Base Score\n1,A,High,5.0,7.5\n2,A,High,5.0,\n")
		if set.Patches[0].CVSS != evidence.Known(7.5) || set.Patches[1].CVSS != evidence.Known(5) || len(in.Problems) > 0 {
			t.Errorf("%+v %v", set.Patches, in.Problems)
		}
	})
	t.Run("what the configuration says a damaged score was", func(t *testing.T) {
		src := &config.Source{Name: "scan", DataSet: evidence.Patches, Values: []config.Values{{Column: "cvss", Words: []config.Pair{{Name: "45354", Value: "3.3"}}}}}
		set, _, _ := load(Options{Files: []File{{Table: table(t, "exports/patches.csv", "finding_id,system,severity,cvss\n1,A,high,45354\n"), Source: src}}, MaxRejected: 100})
		if set.Patches[0].CVSS != evidence.Known(3.3) {
			t.Errorf("%+v", set.Patches[0])
		}
	})
	for cell, want := range map[string]evidence.Number{"0.93": evidence.Known(.93), "93%": evidence.Known(.93), "93": {}, "-0.1": {}, "1": evidence.Known(1), "often": {}} {
		set, in := only(t, "patches.csv", "finding_id,system,severity,epss\n1,A,high,"+cell+"\n")
		if got := set.Patches[0].EPSS; got != want || want.Known == (len(in.Problems) > 0) {
			t.Errorf("EPSS %q: %+v, %v", cell, got, in.Problems)
		}
	}
}

func TestWhatAFindingSaysOfItself(t *testing.T) {
	type says struct{ kev, patchable, inside, automatable, total evidence.Answer }
	header := "finding_id,system,severity,kev,patchable,authenticated,check_type,package,automatable,technical_impact\n"
	for _, c := range []struct {
		fact, cells string
		want        says
	}{
		{"nothing", ",,,,,,", says{}},
		{"yes to all", "yes,yes,yes,,,yes,total", says{1, 1, 1, 1, 1}},
		{"no to all", "no,no,no,,,no,partial", says{2, 2, 2, 2, 2}},
		{"the day it was listed", "2024-05-01,,,,,,", says{kev: evidence.Yes}},
		{"a fix of the vendor", ",VendorFix,,,,,", says{patchable: evidence.Yes}},
		{"no fix", ",WillNotFix,,,,,", says{patchable: evidence.No}},
		{"the day of the last authenticated results", ",,2026-05-30,,,,", says{inside: evidence.Yes}},
		{"a local check", ",,,local,,,", says{inside: evidence.Yes}},
		{"a remote check", ",,,REMOTE,,,", says{inside: evidence.No}},
		{"an installed package", ",,,,openssl 3.0,,", says{inside: evidence.Yes}},
		{"unauthenticated in so many words", ",,Unauthenticated,local,,,", says{inside: evidence.No}},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, in := only(t, "patches.csv", header+"1,A,high,"+c.cells+"\n")
			f := set.Patches[0]
			if got := (says{f.KEV, f.Patchable, f.Authenticated, f.Automatable, f.Total}); got != c.want || len(in.Problems) > 0 {
				t.Errorf("%+v, want %+v; %v", got, c.want, in.Problems)
			}
		})
	}
}

func TestSystemsOfAScanner(t *testing.T) {
	inventory := "system_id,name,fqdn,ip,kind\nAST-1,WEB-01,web-01.corp.example.com,10.0.0.7,server\n"
	for _, c := range []struct {
		fact, header, row string
		system            string
	}{
		{"by host name", "finding_id,severity,host", "1,high,web-01", "web-01"},
		{"by its full name", "finding_id,severity,fqdn", "1,high,WEB-01.corp.example.com.", "WEB-01.corp.example.com"},
		{"by address", "finding_id,severity,ip", "1,high,10.0.0.7", "AST-1"},
		{"by domain and host", "finding_id,severity,host", `1,high,CORP\WEB-01`, "WEB-01"},
		{"by the address beside a name that nobody knows", "finding_id,severity,host,ip", "1,high,ip-10-0-0-7.internal,10.0.0.7", "AST-1"},
		{"by the second of two addresses", "finding_id,severity,host,ip", `1,high,strange,"10.0.0.9,10.0.0.7"`, "AST-1"},
		{"by nothing", "finding_id,severity,host,ip", "1,high,strange,10.0.0.9", "strange"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, readings, problems := loaded(File{Table: table(t, "exports/inventory.csv", inventory)}, File{Table: table(t, "exports/patches.csv", c.header+"\n"+c.row+"\n")})
			if len(problems) > 0 || len(readings[1].Input.Problems) > 0 {
				t.Fatal(problems, readings[1].Input.Problems)
			}
			if got := set.Patches[0].System; got != c.system {
				t.Errorf("system %q, want %q", got, c.system)
			}
			if unknown := c.system == "strange"; unknown != (len(set.Unknown) == 1) {
				t.Errorf("unknown systems %+v", set.Unknown)
			}
		})
	}
}

func TestPatchStatus(t *testing.T) {
	set, in := only(t, "patch-status.csv", `system,installed,missing,failed,pending_reboot,last_scan,patch_window
A,412,3,0,no,2026-05-30 21:10,Sat 22:00-02:00
B,,,,,never,
C,1.5,-2,x,perhaps,2026-05-30,
D,1,1,1,yes,2026-06-02,
,1,1,1,yes,2026-05-02,
`)
	want := evidence.PatchState{
		Pos: set.PatchStates[0].Pos, System: "A", LastScan: time.Date(2026, 5, 30, 21, 10, 0, 0, time.UTC), Installed: evidence.Known(412), Missing: evidence.Known(3), Failed: evidence.Known(0),
		PendingReboot: evidence.No, PatchWindow: "Sat 22:00-02:00",
	}
	if diff := cmp.Diff(want, set.PatchStates[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, p := range set.PatchStates[1:] {
		if p.Installed.Known || p.Missing.Known || p.Failed.Known || p.PendingReboot != evidence.Unknown {
			t.Errorf("%+v", p)
		}
	}
	if len(set.PatchStates) != 3 || in.Used != 3 || in.SetAside != 1 || in.Rejected != 1 || len(in.Problems) != 4 {
		t.Errorf("%d states, %+v", len(set.PatchStates), in.Problems)
	}
}
