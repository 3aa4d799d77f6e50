package publish

import (
	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// defaults are columns about persons that no finding needs to be acted on.
// Nobody published such a list; each is a judgement, printed on the page of
// data quality, and `publish:` says otherwise. Logins, and the names of owners
// and approvers, are shown: a finding that names nobody can't be closed.
var defaults = []Rule{
	{DataSet: evidence.Accounts, Column: "display_name", Treatment: config.Drop, Why: "the login names the account"},
	{DataSet: evidence.Accounts, Column: "mail", Treatment: config.Drop, Why: "the login names the account"},
	{DataSet: evidence.Accounts, Column: "employee_id", Treatment: config.Drop, Why: "a number of the staff register"},
	{DataSet: evidence.Accounts, Column: "account_id", Treatment: config.Mask, Why: "tells that one is recorded; it may be a distinguished name"},
	{DataSet: evidence.SignIns, Column: "ip", Treatment: config.Drop, Why: "where a person was"},
	{DataSet: evidence.SignIns, Column: "location", Treatment: config.Drop, Why: "where a person was"},
	{DataSet: evidence.SignIns, Column: "reason", Treatment: config.Drop, Why: "free text of a sign-in, which may hold what was typed"},
	{DataSet: evidence.Leavers, Column: "employee_id", Treatment: config.Drop, Why: "a number of the staff register"},
	{DataSet: evidence.AccessReviews, Column: "justification", Treatment: config.Drop, Why: "free text about a person"},
}
