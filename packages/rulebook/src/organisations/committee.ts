import { inBranches, inElections } from '../citations.ts'
import { committeeFrom } from '../elections/seats.ts'
import { isBranch } from './kinds.ts'

/** What somebody is in a committee (委员会职务). */
export const committeePosts = [
  'SECRETARY',
  'DEPUTY_SECRETARY',
  'ORGANISATION',
  'PUBLICITY',
  'DISCIPLINE',
  'MEMBER',
  'FIRST_SECRETARY',
] as const
export type CommitteePost = (typeof committeePosts)[number]

/** How somebody came into it (产生方式). */
export const seatEntries = ['ELECTED', 'COOPTED', 'APPOINTED', 'FIRST_SECRETARY'] as const
export type SeatEntry = (typeof seatEntries)[number]

/** What there is in a branch without a committee. */
const postsWithoutCommittee: ReadonlySet<CommitteePost> = new Set(['SECRETARY', 'DEPUTY_SECRETARY', 'FIRST_SECRETARY'])

/**
 * Whether there is such a post in an organisation. A temporary branch's people are registered elsewhere (art. 8), so that
 * their number decides nothing there.
 * @param fullMembers full members of the branch on that day; of no matter above a branch
 */
export const hasPost = (kind: string, fullMembers: number, post: CommitteePost): boolean =>
  !isBranch(kind) ||
  kind === 'TEMPORARY_BRANCH' ||
  fullMembers >= committeeFrom.fullMembers ||
  postsWithoutCommittee.has(post)

/** Of these posts there is one at a time; a branch has one deputy at most (art. 20). */
export const isSinglePost = (kind: string, post: CommitteePost): boolean =>
  post === 'SECRETARY' || post === 'FIRST_SECRETARY' || (post === 'DEPUTY_SECRETARY' && isBranch(kind))

/** Which two posts one person never holds at once. */
export const excludesPost = (held: CommitteePost, wanted: CommitteePost): boolean =>
  held === wanted || (leads(held) && leads(wanted))
const leads = (post: CommitteePost): boolean =>
  post === 'SECRETARY' || post === 'DEPUTY_SECRETARY' || post === 'FIRST_SECRETARY'

/** A temporary branch's officers are appointed, since it elects nobody (art. 8). */
export const electsOwnCommittee = (kind: string): boolean => kind !== 'TEMPORARY_BRANCH'
export const temporaryCitation = inBranches('第八条')

/** Whom a superior sends or appoints: their membership may stand in another organisation (arts. 21, 24). */
export const mayComeFromOutside = (kind: string, entry: SeatEntry): boolean =>
  entry === 'FIRST_SECRETARY' || entry === 'APPOINTED' || kind === 'TEMPORARY_BRANCH'
export const outsideCitation = inBranches('第二十一条、第二十四条')

/** Only a full member whose rights are not suspended has a seat (选举工作条例 2020, art. 5). */
export const seatHolderCitation = inElections('第五条')

/** A group's leader is named by the branch, or recommended by its members (支部工作条例 2018, art. 13). */
export const groupCitation = inBranches('第十三条')

/** What a login does for whoever sits there: who leads keeps the register, who sees to discipline looks on; the others none. */
export const officeOfPost = (post: CommitteePost): 'SECRETARY' | 'DISCIPLINE_INSPECTOR' | null =>
  leads(post) ? 'SECRETARY' : post === 'DISCIPLINE' ? 'DISCIPLINE_INSPECTOR' : null
