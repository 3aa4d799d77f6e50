package assess

// accessReviewed (ACC-06) and vendorContact (VEN-01) need data sets that
// evidence has no records of yet. They answer missing, which is what is known.

var accessReviewed = Check{
	ID:          "ACC-06",
	Question:    "Was access to every critical system reviewed lately?",
	Why:         "Rights that nobody reviews only grow.",
	Needs:       []string{accessReviews},
	Discipline:  Access,
	Consequence: AttackPath,
	Gap:         Privilege,
	Limit:       limitOf("access-review.privileged"),
	LimitFrom:   "CIS Controls v8.1, 5.1 (quarterly)",
	Controls:    controls("ACC-06"),
	Closes:      "an access review with reviewer, decision and date inside the limit",
	Subjects:    criticalSystems,
}

var vendorContact = Check{
	ID:          "VEN-01",
	Question:    "Is it on record whom to call about every critical system?",
	Why:         "In an outage nobody should have to look for a telephone number.",
	Needs:       []string{vendors},
	Discipline:  Vendors,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("VEN-01"),
	Closes:      "a vendor with a contact for the system",
	Subjects:    criticalSystems,
}
