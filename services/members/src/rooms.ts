import { createImportUseCases } from '@linghang/rosters'
import type { Deps, Tx } from './deps.ts'
import {
  countMembersOf,
  countOrganisations,
  enterableOrganisations,
  findMemberByIdNumber,
  readMembers,
  readMembersOf,
} from './people/read-members.ts'
import {
  changeMember,
  recordLeaving,
  recordMilestone,
  registerMember,
  revealIdentity,
  transferMember,
} from './people/write-member.ts'

/** Every use case of the service, given what it needs. */
export const createRooms = (deps: Deps) => ({
  readMembers: readMembers(deps),
  readMembersOf: readMembersOf(deps),
  countMembersOf: countMembersOf(deps),
  countOrganisations: countOrganisations(deps),
  enterableOrganisations: enterableOrganisations(deps),
  findMemberByIdNumber: findMemberByIdNumber(deps),
  registerMember: registerMember(deps),
  changeMember: changeMember(deps),
  transferMember: transferMember(deps),
  recordMilestone: recordMilestone(deps),
  recordLeaving: recordLeaving(deps),
  revealIdentity: revealIdentity(deps),
  imports: createImportUseCases<Tx>(deps),
})
export type Rooms = ReturnType<typeof createRooms>
