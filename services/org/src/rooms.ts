import { createImportUseCases } from '@linghang/rosters'
import type { Deps, Tx } from './deps.ts'
import { findGrants } from './grants/find-grants.ts'
import { deleteMeeting } from './meetings/delete-draft.ts'
import {
  countMeetingPeople,
  countMeetingsOf,
  readCurrentVersions,
  readMeetingPeople,
  readMeetingResolutions,
  readMeetings,
  readMeetingsOf,
  readMeetingVersions,
} from './meetings/read-meetings.ts'
import { changeMeeting, closeMeeting, correctMeeting, recordMeeting } from './meetings/write-meeting.ts'
import { countOfficesOf, readAccounts, readMe, readOffices, readOfficesOf } from './offices/read-offices.ts'
import { appointOffice, confirmAccount, endOffice, linkAccount, releaseAccount } from './offices/write-office.ts'
import {
  countChildren,
  countOrganisations,
  findOrganisations,
  listOrganisations,
  readChildren,
  readOrganisations,
  readSuperiors,
} from './organisations/read-organisations.ts'
import {
  changeOrganisation,
  moveOrganisation,
  recordApprovalPower,
  registerOrganisation,
} from './organisations/write-organisation.ts'

/** Every use case of the service, given what it needs. */
export const createRooms = (deps: Deps) => ({
  readOrganisations: readOrganisations(deps),
  findOrganisations: findOrganisations(deps),
  readChildren: readChildren(deps),
  countChildren: countChildren(deps),
  readSuperiors: readSuperiors(deps),
  listOrganisations: listOrganisations(deps),
  countOrganisations: countOrganisations(deps),
  registerOrganisation: registerOrganisation(deps),
  changeOrganisation: changeOrganisation(deps),
  moveOrganisation: moveOrganisation(deps),
  recordApprovalPower: recordApprovalPower(deps),
  readOffices: readOffices(deps),
  readOfficesOf: readOfficesOf(deps),
  countOfficesOf: countOfficesOf(deps),
  readAccounts: readAccounts(deps),
  readMe: readMe(deps),
  linkAccount: linkAccount(deps),
  confirmAccount: confirmAccount(deps),
  releaseAccount: releaseAccount(deps),
  appointOffice: appointOffice(deps),
  endOffice: endOffice(deps),
  findGrants: findGrants(deps),
  readMeetings: readMeetings(deps),
  readCurrentVersions: readCurrentVersions(deps),
  readMeetingVersions: readMeetingVersions(deps),
  readMeetingPeople: readMeetingPeople(deps),
  countMeetingPeople: countMeetingPeople(deps),
  readMeetingResolutions: readMeetingResolutions(deps),
  readMeetingsOf: readMeetingsOf(deps),
  countMeetingsOf: countMeetingsOf(deps),
  recordMeeting: recordMeeting(deps),
  changeMeeting: changeMeeting(deps),
  closeMeeting: closeMeeting(deps),
  correctMeeting: correctMeeting(deps),
  deleteMeeting: deleteMeeting(deps),
  imports: createImportUseCases<Tx>(deps),
})
export type Rooms = ReturnType<typeof createRooms>
