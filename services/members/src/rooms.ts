import { createImportUseCases } from '@linghang/rosters'
import type { Deps, Tx } from './deps.ts'
import { requestApproval, withdrawApproval } from './development/ask-approval.ts'
import { assignPeople, declareRelatives } from './development/assign-people.ts'
import { completeStep } from './development/complete-step.ts'
import { endCase, reopenStep } from './development/end-case.ts'
import { openDevelopmentCase } from './development/open-case.ts'
import { postponeConversion } from './development/postpone-conversion.ts'
import {
  countCasesOf,
  ownOrganisations,
  readCases,
  readCasesOf,
  readCasesOfMembers,
  readPlan,
  readStatistics,
  tellCases,
} from './development/read-cases.ts'
import { recordReview } from './development/record-review.ts'
import { linkDossier, openDossier } from './documents/dossier.ts'
import { documentsOfCases, linkDocument, openDocument } from './documents/make-documents.ts'
import { createMaterial } from './materials/create-material.ts'
import { linkMaterial, materialsOfCases, openMaterial, readMaterials } from './materials/read-materials.ts'
import { receiveMaterial } from './materials/receive-material.ts'
import {
  cancelNotice,
  closeNotice,
  decideObjection,
  openNotice,
  raiseObjection,
  readNotices,
  readObjections,
} from './notices/notices.ts'
import { readAbsences, recordLeaving, undoLeaving } from './people/leave-register.ts'
import { findMemberByIdNumber, revealIdentity } from './people/number-looks.ts'
import { endPenalty, readPenalties, recordPenalty } from './people/penalties.ts'
import {
  countMembersOf,
  countOrganisations,
  enterableOrganisations,
  readMembers,
  readMembersOf,
} from './people/read-members.ts'
import { changeMember, registerMember, transferMember } from './people/write-member.ts'
import { readPolicy } from './policies/read-policies.ts'
import { setPolicy } from './policies/set-policy.ts'

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
  recordLeaving: recordLeaving(deps),
  undoLeaving: undoLeaving(deps),
  recordPenalty: recordPenalty(deps),
  endPenalty: endPenalty(deps),
  readPenalties: readPenalties(deps),
  readAbsences: readAbsences(deps),
  revealIdentity: revealIdentity(deps),
  readCases: readCases(deps),
  readCasesOfMembers: readCasesOfMembers(deps),
  readCasesOf: readCasesOf(deps),
  countCasesOf: countCasesOf(deps),
  ownOrganisations: ownOrganisations(deps),
  tellCases: tellCases(deps),
  readObjections: readObjections(deps),
  readStatistics: readStatistics(deps),
  readPlan: readPlan(deps),
  readNotices: readNotices(deps),
  openDevelopmentCase: openDevelopmentCase(deps),
  completeStep: completeStep(deps),
  reopenStep: reopenStep(deps),
  assignPeople: assignPeople(deps),
  declareRelatives: declareRelatives(deps),
  recordReview: recordReview(deps),
  postponeConversion: postponeConversion(deps),
  openNotice: openNotice(deps),
  closeNotice: closeNotice(deps),
  cancelNotice: cancelNotice(deps),
  raiseObjection: raiseObjection(deps),
  decideObjection: decideObjection(deps),
  requestApproval: requestApproval(deps),
  withdrawApproval: withdrawApproval(deps),
  endCase: endCase(deps),
  readPolicy: readPolicy(deps),
  setPolicy: setPolicy(deps),
  createMaterial: createMaterial(deps),
  receiveMaterial: receiveMaterial(deps),
  readMaterials: readMaterials(deps),
  materialsOfCases: materialsOfCases(deps),
  linkMaterial: linkMaterial(deps),
  openMaterial: openMaterial(deps),
  documentsOfCases: documentsOfCases(deps),
  linkDocument: linkDocument(deps),
  openDocument: openDocument(deps),
  linkDossier: linkDossier(deps),
  openDossier: openDossier(deps),
  imports: createImportUseCases<Tx>(deps),
})
export type Rooms = ReturnType<typeof createRooms>
