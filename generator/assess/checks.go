package assess

// Checks are all checks, in the order of their ids within a family. To add one:
// a file with its Check and its judge, its test, and a line here.
var Checks = []*Check{
	&inventoryKnown,
	&inventorySeen,
	&ownerNamed,
	&impactRecorded,
	&vendorSupport,
	&dependenciesRecorded,

	&patchKnown,
	&patchLate,
	&patchScanned,
	&exceptionComplete,
	&exceptionOverrun,
	&patchInside,
	&patchOutside,
	&patchReported,

	&leaverClosed,
	&leaverSilent,
	&accountUsed,
	&privilegedMFA,
	&userMFA,
	&accessReviewed,
	&reviewCarriedOut,
	&reviewerApart,
	&vendorAccount,
	&sharedAccount,
	&serviceAccount,
	&privilegeGrowth,
	&legacyProtocol,
	&guessed,
	&logWhole,
	&accountEmpty,
	&offboardingRecorded,
	&privilegeReasoned,

	&changeApproved,
	&approvedInTime,
	&emergencyReviewed,
	&unrecordedDrift,
	&failureRecorded,
	&changeBefore,
	&changeVerified,

	&vendorContact,
	&vendorContract,
	&vendorAnswers,

	&restoreTested,
	&recoveryTime,
	&backupAge,
	&backupFailing,
	&backupExists,
	&restoreSound,
	&isolatedCopy,
	&planOrder,
	&lessonDone,
	&integrityJob,
	&restoreVoid,
	&planOwned,

	&runbookThere,
	&planAge,
	&runbookKnown,
	&sessionHeld,

	&alertAnswered,
	&alertOwned,
	&monitored,
	&alertRecurring,
	&capacityLeft,
	&jobFailing,
	&credentialLasts,
	&closedNotFixed,
	&jobMissed,
	&fixValidated,

	&missEscalated,

	&taskDone,
	&taskOwned,
	&sourceHere,
	&riskReviewed,
	&packetRead,
	&escalationOwned,
	&costAddsUp,
	&recordsKept,
	&ownerPresent,
}

// CheckByID finds a check; nil when there is none.
func CheckByID(id string) *Check {
	for _, c := range Checks {
		if c.ID == id {
			return c
		}
	}
	return nil
}
