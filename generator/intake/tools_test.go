package intake

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
)

// TestHeadersOfTools holds that the exports of common tools need no mapping:
// each header, with one row of values where values decide, is recognised for
// what it is. The files' names say nothing.
func TestHeadersOfTools(t *testing.T) {
	for _, c := range []struct {
		tool, text string
		dataSet    string            // read as; "" when it is not read
		looks      string            // recognised as
		columns    map[string]string // some of the columns
	}{
		{"Veeam for AHV", `JobName,VM,Date,BackupType,Status,StartTime,EndTime,Duration,TotalSize,DataRead,Transferred,BackupSize,Dedupe,Compression`, "jobs", "jobs",
			map[string]string{"job_id": "JobName", "system": "VM", "kind": "BackupType", "result": "Status", "started": "StartTime", "ended": "EndTime", "run_date": "Date", "size_bytes": "BackupSize"}},
		{"Veeam session report", `JobName,Result,DataSize(GB),BackupSize(GB),DedupRatio,CompressRatio,Date`, "jobs", "jobs",
			map[string]string{"job_id": "JobName", "result": "Result", "run_date": "Date", "size_bytes": "BackupSize(GB)"}},
		{"Veeam task sessions", `JobName,VMName,Status,IsRetry,ProcessingMode,WorkDuration,TaskAlgorithm,CreationTime,BackupSize,DataSize,DedupRatio,CompressRatio`, "jobs", "jobs",
			map[string]string{"system": "VMName", "kind": "TaskAlgorithm", "started": "CreationTime"}},
		{"Zabbix problems", `Severity,Time,Recovery time,Status,Host,Problem,Duration,Ack,Actions,Tags`, "alerts", "alerts",
			map[string]string{"raised": "Time", "closed": "Recovery time", "system": "Host", "signature": "Problem", "acknowledged": "Ack", "severity": "Severity", "state": "Status"}},
		{"ServiceNow changes by API name", "number,short_description,type,state,risk,cmdb_ci,assignment_group,start_date,end_date,work_start,work_end,approval,close_code\nCHG0030001,Patch,normal,3,3,SQL-01,DBA,2026-05-01,2026-05-01,2026-05-01 20:00:00,2026-05-01 21:00:00,approved,successful", "changes", "changes",
			map[string]string{"change_id": "number", "title": "short_description", "system": "cmdb_ci", "planned_start": "start_date", "actual_start": "work_start", "actual_end": "work_end", "outcome": "close_code", "state": "state"}},
		{"ServiceNow changes by label", `Number,Short description,Type,State,Risk,Configuration item,Planned start date,Planned end date,Actual start date,Actual end date,Assigned to,Opened,Closed`, "changes", "changes",
			map[string]string{"system": "Configuration item", "planned_start": "Planned start date", "actual_start": "Actual start date", "opened": "Opened", "closed": "Closed"}},
		{"ServiceNow incidents", "number,incident_state,active,reassignment_count,made_sla,caller_id,opened_at,category,priority,cmdb_ci,closed_at\nINC0000045,Closed,false,0,true,Caller 2403,29/2/2016 01:16,Category 55,3 - Moderate,?,25/3/2016 12:00", "tickets", "tickets",
			map[string]string{"ticket": "number", "opened": "opened_at", "closed": "closed_at", "state": "incident_state", "system": "cmdb_ci"}},
		{"certificates of Windows", "Subject,Issuer,Thumbprint,NotBefore,NotAfter,FriendlyName\nCN=erp.corp,CN=CA,AB12,2025-06-01,2026-06-01,ERP", "credentials", "credentials",
			map[string]string{"name": "Subject", "not_before": "NotBefore", "not_after": "NotAfter"}},
		{"secrets of Entra applications", "displayName,startDateTime,endDateTime,keyId\nbackup,2025-06-01T00:00:00Z,2026-06-01T00:00:00Z,1", "credentials", "credentials",
			map[string]string{"name": "displayName", "not_before": "startDateTime", "not_after": "endDateTime"}},
		{"Jira changes", `Summary,Issue key,Issue id,Issue Type,Status,Project key,Assignee,Reporter,Created,Updated,Last Viewed,Resolved,Watchers,Watchers,Components,Components,Custom field (Change risk),Custom field (Change start date),Custom field (Approvals)`, "changes", "changes",
			map[string]string{"change_id": "Issue key", "title": "Summary", "state": "Status", "opened": "Created", "closed": "Resolved", "planned_start": "Custom field (Change start date)", "approved_by": "Custom field (Approvals)", "risk": "Custom field (Change risk)", "system": "Components"}},
		{"Lansweeper", `AssetID,AssetName,AssetType,icon,OS,Model,Manufacturer,IPAddress,MACAddress,Description,PurchaseDate,Warrantydate,Location,BarCode,Contact,Serialnumber,OrderNumber,Firstseen,Lastseen,Lasttried`, "inventory", "inventory",
			map[string]string{"system_id": "AssetID", "name": "AssetName", "kind": "AssetType", "os": "OS", "ip": "IPAddress", "mac": "MACAddress", "serial": "Serialnumber", "last_seen": "Lastseen", "vendor": "Manufacturer", "owner": "Contact"}},
		{"Snipe-IT", `Company,Asset Name,Asset Tag,Model,Model No.,Category,Manufacturer,Serial,Purchase Date,Purchase Cost,Location,Status,Checked Out,Username`, "inventory", "inventory",
			map[string]string{"system_id": "Asset Tag", "name": "Asset Name", "serial": "Serial", "kind": "Category", "owner": "Username", "status": "Status"}},
		{"Intune", `Serial number,Device name,Manufacturer,Model,Primary user UPN,Primary user email address,Primary user display name,OS,OS version,Last check-in`, "inventory", "inventory",
			map[string]string{"name": "Device name", "serial": "Serial number", "owner": "Primary user display name", "os": "OS", "version": "OS version", "last_seen": "Last check-in"}},
		{"computers of Active Directory", `Name,DNSHostName,OperatingSystem,OperatingSystemVersion,LastLogonDate,Enabled`, "inventory", "inventory",
			map[string]string{"name": "Name", "fqdn": "DNSHostName", "os": "OperatingSystem", "last_seen": "LastLogonDate"}},
		{"users of Active Directory", `DistinguishedName,Enabled,GivenName,Name,ObjectClass,ObjectGUID,SamAccountName,SID,Surname,UserPrincipalName`, "accounts", "accounts",
			map[string]string{"login": "UserPrincipalName", "sam_account_name": "SamAccountName", "enabled": "Enabled", "account_id": "ObjectGUID", "display_name": "Name"}},
		{"users of Entra", `userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,createdDateTime`, "accounts", "accounts",
			map[string]string{"login": "userPrincipalName", "mail": "mail", "enabled": "accountEnabled", "account_id": "id", "kind": "userType", "created_at": "createdDateTime"}},
		{"users of Okta", `id,status,created,lastLogin,profile.login,profile.email,profile.firstName,profile.lastName`, "accounts", "accounts",
			map[string]string{"login": "profile.login", "mail": "profile.email", "enabled": "status", "last_login": "lastLogin"}},
		{"system log of Okta", `uuid,published,eventType,severity,actor.id,actor.alternateId,actor.displayName,client.ipAddress,outcome.result,outcome.reason`, "sign-ins", "sign-ins",
			map[string]string{"at": "published", "login": "actor.alternateId", "result": "outcome.result", "event": "eventType"}},
		{"sign-ins of Entra by Graph", `id,createdDateTime,userPrincipalName,appDisplayName,ipAddress,clientAppUsed,isInteractive,status.errorCode,status.failureReason`, "sign-ins", "sign-ins",
			map[string]string{"at": "createdDateTime", "login": "userPrincipalName", "result": "status.errorCode", "client": "clientAppUsed"}},
		{"service principals of Entra", `Date (UTC),Request ID,Correlation ID,Service principal ID,Service principal name,Credential key ID,Application,Status,Sign-in error code,Failure reason,Conditional Access`, "", "sign-ins of service principals", nil},
		{"users of Google Workspace", `First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],Status [READ ONLY],Last Sign In [READ ONLY],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],Employee ID`, "accounts", "accounts",
			map[string]string{"login": "Email Address [Required]", "enabled": "Status [READ ONLY]", "last_login": "Last Sign In [READ ONLY]", "mfa": "2sv Enrolled [READ ONLY]", "mfa_enforced": "2sv Enforced [READ ONLY]", "employee_id": "Employee ID"}},
		{"credential report of AWS", `user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active`, "accounts", "accounts",
			map[string]string{"login": "user", "account_id": "arn", "enabled": "password_enabled", "last_login": "password_last_used", "mfa": "mfa_active", "access_key_1": "access_key_1_active"}},
		{"interactive sign-ins of Entra", `Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Application,Application ID ,Resource,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating System,Conditional Access`, "sign-ins", "sign-ins",
			map[string]string{"at": "Date (UTC)", "login": "Username", "app": "Application", "client": "Client app", "reason": "Failure reason"}},
		{"sign-ins of Entra by script", `CreatedDateTime,UserPrincipalName,UserDisplayName,AppDisplayName,IPAddress,City,Country,Device,Browser,OS,Status,RiskState`, "sign-ins", "sign-ins",
			map[string]string{"at": "CreatedDateTime", "login": "UserPrincipalName", "app": "AppDisplayName", "result": "Status"}},
		{"Nessus", `Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output`, "patches", "patches",
			map[string]string{"finding_id": "Plugin ID", "cve": "CVE", "cvss": "CVSS", "severity": "Risk", "system": "Host", "title": "Name", "fix": "Solution"}},
		{"tenable.sc", `Plugin,Plugin Name,Family,Severity,IP Address,Protocol,Port,Exploit?,Repository,MAC Address,DNS Name,NetBIOS Name,Plugin Text,First Discovered,Last Observed`, "patches", "patches",
			map[string]string{"finding_id": "Plugin", "severity": "Severity", "system": "DNS Name", "title": "Plugin Name", "first_seen": "First Discovered", "last_seen": "Last Observed"}},
		{"Qualys PCI", `IP,HOSTNAME,LAST SCAN,QID,VULN TITLE,TYPE,SEVERITY,PORT,PROTOCOL`, "patches", "patches",
			map[string]string{"finding_id": "QID", "severity": "SEVERITY", "system": "HOSTNAME", "title": "VULN TITLE", "last_seen": "LAST SCAN"}},
		{"OpenVAS", `IP,Hostname,Port,Port Protocol,CVSS,Severity,Solution Type,NVT Name,Summary,Specific Result,NVT OID,CVEs,Task ID,Task Name,Timestamp,Result ID`, "patches", "patches",
			map[string]string{"finding_id": "NVT OID", "cve": "CVEs", "severity": "Severity", "system": "Hostname", "title": "NVT Name", "patchable": "Solution Type", "last_seen": "Timestamp"}},
		{"vulnerabilities of Deepfence", `CVE ID,Severity,Attack Vector,Caused By Package,Caused By Package Path,CVSS Score,Description,Fixed In,Link,Overall Score,Type,Node Name,Node Type,Kubernetes Cluster Name,Masked`, "patches", "patches",
			map[string]string{"cve": "CVE ID", "severity": "Severity", "system": "Node Name", "cvss": "CVSS Score", "package": "Caused By Package", "fix": "Fixed In"}},
		{"the catalogue of CISA", `cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes`, "kev", "kev",
			map[string]string{"cve": "cveID", "date_added": "dateAdded", "due_date": "dueDate"}},
		{"the scores of FIRST", `cve,epss,percentile`, "epss", "epss", map[string]string{"cve": "cve", "epss": "epss", "percentile": "percentile"}},
		{"updates of WSUS", `Computer Name,Installed Count,Needed Count,Failed Count,Last Status Report,Pending Reboot`, "patch status", "patch status",
			map[string]string{"system": "Computer Name", "installed": "Installed Count", "missing": "Needed Count", "failed": "Failed Count", "last_scan": "Last Status Report", "pending_reboot": "Pending Reboot"}},
		{"our own patches", `finding_id,system,title,cve,severity,cvss,epss,kev,state,first_seen,last_seen,fixed_at,released,fix,patchable`, "patches", "patches",
			map[string]string{"finding_id": "finding_id", "kev": "kev", "epss": "epss", "fixed_at": "fixed_at"}},
		{"missing virtual machines of Veeam", `Name,MoRefID,Uuid,Path,vCenter`, "", "a list of virtual machines that no backup job covers", nil},
		{"restore log of Veeam", `InitiatedBy,SessionName,SessionStartTime,ItemName,ItemSize,SourceName,LogEntryID,LogDetail,LogItemCreationTime,LogItemEndTime,SessionStatus,SessionResult,ProcessedObjects`, "", "an item restore log of Veeam Backup for Microsoft 365", nil},
		{"our own access reviews", `review_id,login,resource,reviewer,decision,decided_at,carried_out_at,justification`, "access reviews", "access reviews", map[string]string{"carried_out_at": "carried_out_at"}},
		{"our own leavers", `employee_id,login,name,left_on,offboarding_record`, "leavers", "leavers", map[string]string{"left_on": "left_on"}},
		{"our own credentials", `name,kind,system,not_after,owner,not_before`, "credentials", "credentials", map[string]string{"owner": "owner", "system": "system"}},
		{"our own incidents", `incident_id,started,restored,service_id,root_asset,assets_down,cost_usd,cost_parts,escalation_owner`, "incidents", "incidents", map[string]string{"root_system": "root_asset", "systems_down": "assets_down", "cost": "cost_usd", "cost_parts": "cost_parts"}},
		{"our own vendors", `vendor,systems,contract_ends,contact,open_cases`, "vendors", "vendors", map[string]string{"contact": "contact"}},
		{"our own people", `name,login,role,left_on`, "", "", nil}, // leavers have the same columns: the file's name decides
		{"our own sessions", `held_on,services,people,record`, "sessions", "sessions", map[string]string{"record": "record"}},
		{"our own acknowledgements", `month,reader,read_on,decision,outcome,record`, "acknowledgements", "acknowledgements", map[string]string{"outcome": "outcome"}},
		{"our own tickets", `ticket,system,signature,opened,closed,state,cause`, "", "", nil}, // alerts have much the same columns: the file's name decides
		{"our own patch status", `system,installed,missing,failed,pending_reboot,last_scan,patch_window`, "patch status", "patch status", map[string]string{"patch_window": "patch_window"}},
		{"our own decisions", `decision,why,cost,asked_by,decide_by,closes`, "decisions", "decisions", map[string]string{"decision": "decision"}},
		{"our own dependencies", `from,to,kind,note`, "", "", nil}, // too generic without the file's name
	} {
		t.Run(c.tool, func(t *testing.T) {
			_, readings, problems := loaded(File{Table: table(t, "exports/export.csv", c.text+"\n")})
			r := readings[0]
			if c.looks == "" {
				if r.Status != Undecided || r.Proposal == "" || len(problems) == 0 {
					t.Errorf("status %s, proposal %q, problems %q: want undecided", r.Status, r.Proposal, problems)
				}
				return
			}
			if r.DataSet != c.dataSet || r.LooksLike != c.looks || len(problems) > 0 {
				t.Fatalf("read as %q, looks like %q, %s %q, problems %q; want %q, %q", r.DataSet, r.LooksLike, r.Status, r.Reason, problems, c.dataSet, c.looks)
			}
			for name, want := range c.columns {
				if got := r.Input.Columns[name]; got != want {
					t.Errorf("%s is read from %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestTheFilesNameDecidesBetweenEquals(t *testing.T) {
	for file, want := range map[string]string{"exports/dependencies.csv": "dependencies", "exports/Dependency list.csv": "dependencies"} {
		_, readings, problems := loaded(File{Table: table(t, file, "from,to,kind\nSQL-01,VMH-01,hard\n")})
		if readings[0].DataSet != want || len(problems) > 0 {
			t.Errorf("%s: %q, %q", file, readings[0].DataSet, problems)
		}
	}
}

func TestAnUndecidedFileProposesAMapping(t *testing.T) {
	_, readings, problems := loaded(File{Table: table(t, "exports/restore tests.csv", "Test ID,Server,Date,Outcome,How long\n1,SQL-01,2026-05-01,Success,50\n")})
	r := readings[0]
	want := `sources:
  restore-tests:
    data-set: restores
    file: exports/restore tests.csv
    columns:
      test_id: Test ID
      system: Server
      tested_on: Date
      result: Outcome
      scope: "?"   # which column? one of: How long
`
	if diff := cmp.Diff(want, r.Proposal); diff != "" {
		t.Errorf("proposal (-want +got)\n%s", diff)
	}
	if r.Status != Undecided || r.Input != nil || len(problems) != 1 || !strings.Contains(problems[0], "restores, which needs a column more: no column is recognised as scope") {
		t.Errorf("status %s, problems %q", r.Status, problems)
	}
}

func TestTwoDataSetsWithinATenthAreUndecided(t *testing.T) {
	a := &match{set: &DataSet{Name: "a", Columns: []Column{{Name: "x", Required: []string{"yes"}}}}, by: map[string]float64{"x": 1.5}}
	for _, c := range []struct {
		fact         string
		other        float64
		hintA, hintB bool
		best         string
		doubt        bool
	}{
		{"a tenth lower decides", 1.34, false, false, "a", false},
		{"nearer does not", 1.36, false, false, "a", true},
		{"the file's name decides", 1.36, false, true, "b", false},
		{"a name that fits both does not", 1.36, true, true, "a", true},
		{"a name does not help what is lower", 1.34, false, true, "a", false},
	} {
		b := &match{set: &DataSet{Name: "b", Columns: a.set.Columns}, by: map[string]float64{"x": c.other}, hinted: c.hintB}
		a.hinted = c.hintA
		best, rivals := pick([]*match{b, a})
		if best.set.Name != c.best || (len(rivals) > 0) != c.doubt {
			t.Errorf("%s: %s with %d rivals", c.fact, best.set.Name, len(rivals))
		}
	}
}

func TestPropose(t *testing.T) {
	tb := table(t, "exports/Veeam Sessions.csv", "JobName,VM,Date,Status\nA,SQL-01,2026-05-01,Success\n")
	for as, want := range map[string]string{
		"":     "sources:\n  veeam-sessions:\n    data-set: jobs\n    file: exports/Veeam Sessions.csv\n    columns:\n      job_id: JobName\n      system: VM\n      run_date: Date\n      result: Status\n",
		"jobs": "sources:\n  veeam-sessions:\n    data-set: jobs\n    file: exports/Veeam Sessions.csv\n    columns:\n      job_id: JobName\n      system: VM\n      run_date: Date\n      result: Status\n",
	} {
		if got, p := Propose(tb, as); got != want || p != nil {
			t.Errorf("as %q: %v\n%s", as, p, got)
		}
	}
	text, _ := Propose(tb, "")
	if conf, problems := config.Parse("proofpack.yml", []byte("company: Halden Supply Co.\n"+text)); len(problems) > 0 || len(conf.Sources) != 1 || conf.Sources[0].DataSet != "jobs" || len(conf.Sources[0].Columns) != 4 {
		t.Errorf("the configuration does not take the proposal: %v", problems)
	}
	if _, p := Propose(tb, "job"); p == nil || p.Fix != "write jobs." {
		t.Errorf("%v", p)
	}
	both := table(t, "exports/jobs.csv", "JobName,VM,Date,Status\nA,SQL-01,05/06/2026,Success\n")
	if _, readings, _ := loaded(File{Table: both}); !strings.HasSuffix(readings[0].Proposal, "      result: Status\n    date: \"?\"   # month/day/year or day/month/year?\n") {
		t.Errorf("%s", readings[0].Proposal)
	}
}
