package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/evidence"
)

// one reads a single account.
func oneAccount(t *testing.T, text string) evidence.Account {
	t.Helper()
	set, _ := only(t, "accounts.csv", text)
	if len(set.Accounts) != 1 {
		t.Fatalf("%d accounts: %+v", len(set.Accounts), set.Accounts)
	}
	return set.Accounts[0]
}

func TestAccountsOfTools(t *testing.T) {
	const adHead = "Enabled,Name,ObjectGUID,SamAccountName,SID,UserPrincipalName,LastLogonDate,AdminCount,MemberOf\n"
	const googleHead = "First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Last Sign In [READ ONLY],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],Org Unit Path [Required]\n"
	const awsHead = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_2_active\n"
	for _, c := range []struct {
		fact, text string
		want       func(evidence.Account) bool
	}{
		{"Entra: a guest", "userPrincipalName,displayName,mail,id,userType,accountEnabled\na_x.example#EXT#@y.example,A,a@x.example,1,Guest,True\n", func(a evidence.Account) bool {
			return a.Kind == evidence.KindGuest && a.Enabled == evidence.Yes && a.MFA == evidence.MFAUnknown && a.Rows[0].Directory == entraID && a.LastLogin.IsZero() && !a.NeverLoggedIn
		}},
		{"Entra: a member may be anybody", "userPrincipalName,displayName,mail,id,userType,accountEnabled\na@x.example,A,a@x.example,1,Member,False\n", func(a evidence.Account) bool {
			return a.Kind == evidence.KindUnknown && a.Enabled == evidence.No && a.Privileged == evidence.Unknown
		}},
		{"AD: privileged, two groups", adHead + "True,Ada,g1,ada,S-1,ada@x.example,2026-05-02 08:00,1,\"CN=Ops,OU=G,DC=x;CN=VPN users,OU=G,DC=x\"\n", func(a evidence.Account) bool {
			return a.Privileged == evidence.Yes && cmp.Equal(a.Holds, []string{"Ops", "VPN users"}) && a.Rows[0].Directory == activeDirectory && cmp.Equal(a.Names, []string{"ada"})
		}},
		{"AD: a blank AdminCount is unknown", adHead + "True,Ada,g1,ada,S-1,ada@x.example,,,\n", func(a evidence.Account) bool {
			return a.Privileged == evidence.Unknown && !a.HoldsKnown
		}},
		{"AD: a service account by its name", adHead + "True,Backup,g1,svc-backup,S-1,svc-backup@x.example,,0,\n", func(a evidence.Account) bool {
			return a.Kind == evidence.KindService && a.Privileged == evidence.No
		}},
		{"Google: never is a value", googleHead + "Ada,Byron,ada@x.example,Active,Never logged in,False,False,/\n", func(a evidence.Account) bool {
			return a.NeverLoggedIn && a.MFA == evidence.MFANone && a.DisplayName == "Ada Byron" && a.Rows[0].Directory == googleWorkspace
		}},
		{"Google: enforced", googleHead + "Ada,Byron,ada@x.example,Suspended,2016/04/04 00:24:13,True,True,/\n", func(a evidence.Account) bool {
			return a.MFA == evidence.MFAEnforced && a.Enabled == evidence.No && a.LastLogin.Year() == 2016
		}},
		{"AWS: a key in use opens an account without a password", awsHead + "ci,arn:aws:iam::1:user/ci,2024-01-01T00:00:00+00:00,false,no_information,false,true,false\n", func(a evidence.Account) bool {
			return a.Enabled == evidence.Yes && a.MFA == evidence.MFANone && a.LastLogin.IsZero() && !a.NeverLoggedIn && cmp.Equal(a.Holds, []string{"access key 1"}) && a.Rows[0].Directory == awsIAM
		}},
		{"AWS: no password and no key", awsHead + "ci,arn:aws:iam::1:user/ci,2024-01-01T00:00:00+00:00,false,N/A,true,false,false\n", func(a evidence.Account) bool {
			return a.Enabled == evidence.No && a.MFA == evidence.MFARegistered && a.HoldsKnown && len(a.Holds) == 0
		}},
		{"Okta: locked out is open", "id,status,created,lastLogin,profile.login,profile.email\n1,LOCKED_OUT,2024-01-01T00:00:00.000Z,2026-05-01T00:00:00.000Z,a@x.example,a@x.example\n", func(a evidence.Account) bool {
			return a.Enabled == evidence.Yes && a.Rows[0].Directory == okta
		}},
		{"Okta: deprovisioned is closed", "id,status,created,lastLogin,profile.login,profile.email\n1,DEPROVISIONED,2024-01-01T00:00:00.000Z,,a@x.example,a@x.example\n", func(a evidence.Account) bool {
			return a.Enabled == evidence.No
		}},
		{"a column that says closed", "login,disabled,mfa\na@x.example,no,required\n", func(a evidence.Account) bool {
			return a.Enabled == evidence.Yes && a.MFA == evidence.MFAEnforced
		}},
		{"a column that says suspended", "login,suspended,mfa\na@x.example,True,\n", func(a evidence.Account) bool {
			return a.Enabled == evidence.No && a.MFA == evidence.MFAUnknown
		}},
		{"a role of an administrator", "login,enabled,mfa,roles\na@x.example,yes,yes,Global Administrator\n", func(a evidence.Account) bool {
			return a.Privileged == evidence.Yes && a.MFA == evidence.MFARegistered
		}},
		{"an end that never comes", "login,enabled,mfa,expires_at,kind\na@x.example,yes,yes,never,vendor\n", func(a evidence.Account) bool {
			return a.NoEnd && a.Expires.IsZero() && a.Kind == evidence.KindVendor
		}},
		{"holds nothing, by its word", "login,enabled,mfa,holds\na@x.example,no,yes,none\n", func(a evidence.Account) bool {
			return a.HoldsKnown && len(a.Holds) == 0
		}},
	} {
		t.Run(c.fact, func(t *testing.T) {
			if a := oneAccount(t, c.text); !c.want(a) {
				t.Errorf("%+v", a)
			}
		})
	}
}

// two loads a cloud directory and an Active Directory.
func twoDirectories(t *testing.T, cloud, ad string) *evidence.Set {
	t.Helper()
	files := []File{
		{Table: table(t, "exports/a-users.csv", "userPrincipalName,mail,id,accountEnabled,MFA state,Privileged,Employee ID,displayName\n"+cloud)},
		{Table: table(t, "exports/b-users.csv", "Enabled,Name,ObjectGUID,SamAccountName,SID,UserPrincipalName,LastLogonDate,AdminCount,EmployeeID\n"+ad)},
	}
	set, _, problems := load(Options{Files: files, MaxRejected: 100})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return set
}

func TestAccountsOfSeveralDirectories(t *testing.T) {
	for _, c := range []struct {
		fact, cloud, ad string
		accounts        int
		by              string // weak join that is listed
		want            func(evidence.Account) bool
	}{
		{"by UPN: open in one is open", "ada@x.example,ada@x.example,1,False,enforced,no,7,Ada\n", "True,Ada,g1,ada,S-1,ADA@x.example,2026-05-02 08:00,0,7\n", 1, "", func(a evidence.Account) bool {
			return a.Enabled == evidence.Yes && a.MFA == evidence.MFAEnforced && a.Privileged == evidence.No && len(a.Rows) == 2
		}},
		{"closed in both is closed", "ada@x.example,,1,False,enforced,no,,Ada\n", "False,Ada,g1,ada,S-1,ada@x.example,,0,\n", 1, "", func(a evidence.Account) bool { return a.Enabled == evidence.No }},
		{"closed in one and not said in the other is not said", "ada@x.example,,1,,enforced,no,,Ada\n", "False,Ada,g1,ada,S-1,ada@x.example,,0,\n", 1, "", func(a evidence.Account) bool { return a.Enabled == evidence.Unknown }},
		{"privileged in one is privileged", "ada@x.example,,1,True,none,no,,Ada\n", "True,Ada,g1,ada,S-1,ada@x.example,,1,\n", 1, "", func(a evidence.Account) bool { return a.Privileged == evidence.Yes && a.MFA == evidence.MFANone }},
		{"not said in one is not no", "ada@x.example,,1,True,none,,,Ada\n", "True,Ada,g1,ada,S-1,ada@x.example,,0,\n", 1, "", func(a evidence.Account) bool { return a.Privileged == evidence.Unknown }},
		{"by short name, which is weak", "ada,,1,True,,no,,Ada\n", "True,Ada,g1,ada,S-1,ada@corp.local,,0,\n", 1, bySAM, func(a evidence.Account) bool { return len(a.Rows) == 2 }},
		{"by employee id, which is weak", "ada@x.example,,1,True,,no,7,Ada\n", "True,Ada,g1,abyron,S-1,abyron@corp.local,,0,7\n", 1, byEmployee, func(a evidence.Account) bool { return len(a.Rows) == 2 }},
		{"two of one number are not merged", "ada@x.example,,1,True,,no,7,Ada\nadm-ada@x.example,,2,True,,yes,7,Ada (admin)\n", "True,Ada,g1,abyron,S-1,abyron@corp.local,,0,7\n", 3, "", func(a evidence.Account) bool { return len(a.Rows) == 1 }},
		{"two of one file are never one", "ada@x.example,ada@x.example,1,True,,no,7,Ada\nada2@x.example,ada@x.example,2,True,,no,7,Ada\n", "True,Bob,g1,bob,S-1,bob@x.example,,0,9\n", 3, "", func(a evidence.Account) bool { return len(a.Rows) == 1 }},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set := twoDirectories(t, c.cloud, c.ad)
			if len(set.Accounts) != c.accounts || !c.want(set.Accounts[0]) {
				t.Errorf("%d accounts: %+v", len(set.Accounts), set.Accounts)
			}
			by := ""
			if len(set.AccountJoins) > 0 {
				by = set.AccountJoins[0].By
			}
			if by != c.by {
				t.Errorf("listed as joined by %q, want %q", by, c.by)
			}
		})
	}
}

func TestLeaversFindTheirAccounts(t *testing.T) {
	accounts := table(t, "exports/accounts.csv", "login,display_name,enabled,mfa,employee_id\nada@x.example,Ada Byron,yes,none,7\nadm-ada@x.example,Ada Byron (admin),yes,none,7\nbob@x.example,Bob Stone,no,none,8\ncarl@x.example,Carl Reed,yes,none,\n")
	for _, c := range []struct {
		fact, row string
		accounts  []string
		byName    bool
		joins     int
	}{
		{"by login and number", "7,ADA@x.example,Ada Byron,2026-05-01,", []string{"ada@x.example", "adm-ada@x.example"}, false, 0},
		{"by number alone, which is listed", "8,,Robert Stone,2026-05-01,", []string{"bob@x.example"}, false, 1},
		{"by name alone, which is listed", ",,carl  REED,2026-05-01,", []string{"carl@x.example"}, true, 1},
		{"nobody of that name", ",x@x.example,,2026-05-01,", nil, false, 0},
	} {
		t.Run(c.fact, func(t *testing.T) {
			set, _, _ := loaded(File{Table: accounts}, File{Table: table(t, "exports/leavers.csv", "employee_id,login,name,left_on,offboarding_record\n"+c.row+"\n")})
			v := set.Leavers[0]
			if diff := cmp.Diff(c.accounts, v.Accounts); diff != "" || v.ByName != c.byName || len(set.AccountJoins) != c.joins {
				t.Errorf("%s\n%+v, %+v", diff, v, set.AccountJoins)
			}
		})
	}
}

func TestLeaversOfPeople(t *testing.T) {
	people := table(t, "exports/people.csv", "name,login,role,left_on\nAda Byron,ada@x.example,Analyst,2026-05-01\nBob Stone,bob@x.example,Smith,2026-06-15\nCarl Reed,carl@x.example,Clerk,\n")
	set, _, problems := loaded(File{Table: people})
	if len(problems) > 0 || len(set.People) != 3 || len(set.Leavers) != 1 || set.Leavers[0].Name != "Ada Byron" {
		t.Errorf("%v, %+v", problems, set.Leavers)
	}
	set, _, _ = loaded(File{Table: people}, File{Table: table(t, "exports/leavers.csv", "employee_id,login,name,left_on,offboarding_record\n7,ada@x.example,,2026-05-01,HR-1\n9,dan@x.example,,2026-06-02,\n")})
	if len(set.Leavers) != 1 || set.Leavers[0].Record != "HR-1" {
		t.Errorf("a leaver of both is one, and one who leaves after as-of has not left: %+v", set.Leavers)
	}
}

func TestReviewsAndVendors(t *testing.T) {
	set, readings, problems := loaded(
		File{Table: table(t, "exports/inventory.csv", "system_id,name,kind,service_id\nSQL-01,SQL-01,database,SVC-1\n")},
		File{Table: table(t, "exports/accounts.csv", "login,display_name,enabled,mfa\nada@x.example,Ada Byron,yes,none\n")},
		File{Table: table(t, "exports/access-reviews.csv", "review_id,login,resource,reviewer,decision,decided_at,carried_out_at,justification\n"+
			"1,ADA@x.example,sql-01,Ada Byron,Approve,2026-05-02,,x\n2,gone@x.example,VPN group,Bob Stone,Deny,2026-05-03,2026-06-03,\n3,ada@x.example,,Bob Stone,NotReviewed,,,\n4,ada@x.example,,Bob Stone,keep,,,\n5,ada@x.example,,Bob Stone,keep,2026-06-01,,\n")},
		File{Table: table(t, "exports/vendors.csv", "vendor,systems,contract_ends,contact,open_cases\nAcme,sql-01;SQL-09,2026-05-31,nobody,\n")},
	)
	if len(problems) != 1 { // one of five rows has no date: over the limit of rejected rows
		t.Errorf("%v", problems)
	}
	r := set.Reviews
	if len(r) != 3 || r[0].Account != "ada@x.example" || r[0].ReviewedBy != "ada@x.example" || r[0].System != "SQL-01" || r[0].Decision != evidence.DecideKeep {
		t.Fatalf("%+v", r)
	}
	if r[1].Account != "" || r[1].System != "" || r[1].Decision != evidence.DecideRevoke || !r[1].CarriedOutAt.IsZero() {
		t.Errorf("carried out after as-of is not carried out, and a group is no system: %+v", r[1])
	}
	if r[2].Decision != evidence.NotReviewed {
		t.Errorf("%+v", r[2])
	}
	if v := set.Vendors[0]; v.Contact != "" || v.ContractEnds.Day() != 31 || !cmp.Equal(v.Systems, []string{"SQL-01", "SQL-09"}) {
		t.Errorf("%+v", v)
	}
	for _, u := range set.Unknown {
		if u.Name == "VPN group" {
			t.Error("a group became a system")
		}
	}
	_ = readings
}
