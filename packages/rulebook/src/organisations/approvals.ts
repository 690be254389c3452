import type { ApprovalKindRules } from '../approval-rules.ts'
import { asElectionsAreHeld, byPractice, inBranches, inElections } from '../citations.ts'
import type { Citation } from '../deadline.ts'

/** What a superior decides on of an organisation, of its elections and of its plans. */
export const organisationApprovals = [
  'ORGANISATION_SETUP',
  'ORGANISATION_RENAME',
  'ORGANISATION_UPGRADE',
  'ORGANISATION_MERGE',
  'ORGANISATION_SPLIT',
  'ORGANISATION_DISSOLUTION',
  'ORGANISATION_MOVE',
  'ELECTION_REQUEST',
  'ELECTION_CANDIDATES',
  'ELECTION_RESULT',
  'ELECTION_POSTPONEMENT',
  'LIFE_PLAN',
] as const
export type OrganisationApproval = (typeof organisationApprovals)[number]

/** The committee above examines and replies, as a rule within a month (支部工作条例 2018, art. 6). */
const reply = {
  role: 'SECRETARY',
  decider: 'COMMITTEE',
  expectedWithinDays: 30,
  reasonFor: ['REFUSED', 'RETURNED'],
  meeting: null,
  power: 'COMMITTEE',
} as const

export const organisationApprovalRules: Readonly<Record<OrganisationApproval, ApprovalKindRules>> = {
  ORGANISATION_SETUP: { title: { zh: '设立党组织审批', en: 'Setting up an organisation' }, ...reply },
  ORGANISATION_RENAME: { title: { zh: '党组织更名审批', en: 'Renaming an organisation' }, ...reply },
  ORGANISATION_UPGRADE: { title: { zh: '党组织升格审批', en: 'Upgrading an organisation' }, ...reply },
  ORGANISATION_MERGE: { title: { zh: '党组织合并审批', en: 'Merging organisations' }, ...reply },
  ORGANISATION_SPLIT: { title: { zh: '党组织分设审批', en: 'Splitting an organisation' }, ...reply },
  ORGANISATION_DISSOLUTION: { title: { zh: '党组织撤销审批', en: 'Dissolving an organisation' }, ...reply },
  ORGANISATION_MOVE: { title: { zh: '党组织隶属关系变更审批', en: 'Moving an organisation' }, ...reply },
  ELECTION_REQUEST: { title: { zh: '换届选举请示审批', en: 'Approval of an election' }, ...reply },
  ELECTION_CANDIDATES: { title: { zh: '候选人预备人选审批', en: 'Approval of candidates' }, ...reply },
  ELECTION_RESULT: { title: { zh: '选举结果审批', en: 'Approval of an election’s result' }, ...reply },
  ELECTION_POSTPONEMENT: { title: { zh: '延期（提前）换届审批', en: 'Another day for an election' }, ...reply },
  // Nothing says within how many days: a plan of a month is of use only while the month is ahead (practice).
  LIFE_PLAN: { title: { zh: '组织生活方案审批', en: 'Approval of a plan' }, ...reply, expectedWithinDays: 10 },
}

/** Where it stands that the superior decides on it. */
export const organisationApprovalCitations: Readonly<Record<OrganisationApproval, Citation>> = {
  ORGANISATION_SETUP: inBranches('第六条'),
  ORGANISATION_RENAME: byPractice('党组织更名'),
  ORGANISATION_UPGRADE: inBranches('第七条'),
  ORGANISATION_MERGE: inBranches('第七条'),
  ORGANISATION_SPLIT: inBranches('第七条'),
  ORGANISATION_DISSOLUTION: inBranches('第七条'),
  ORGANISATION_MOVE: byPractice('党组织隶属关系变更'),
  ELECTION_REQUEST: inBranches('第二十一条'),
  ELECTION_CANDIDATES: asElectionsAreHeld('候选人预备人选审批'),
  ELECTION_RESULT: inBranches('第二十一条'),
  ELECTION_POSTPONEMENT: inElections('第三条'),
  LIFE_PLAN: byPractice('组织生活方案审批'),
}

/** What each kind may become when it is upgraded (升格). */
const upgrades: Readonly<Record<string, readonly string[]>> = {
  JOINT_BRANCH: ['BRANCH', 'GENERAL_BRANCH', 'COMMITTEE', 'ORGAN_COMMITTEE'],
  BRANCH: ['GENERAL_BRANCH', 'COMMITTEE', 'ORGAN_COMMITTEE'],
  GENERAL_BRANCH: ['COMMITTEE', 'ORGAN_COMMITTEE'],
}
export const upgradesOf = (kind: string): readonly string[] => upgrades[kind] ?? []
