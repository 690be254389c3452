import { type ElectedPost, type ElectionKind, isWhole, type Share } from '@linghang/rulebook'
import type { ExceptionReason } from '../../life/meetings/meeting.ts'
import type { ElectionState } from '../process/election.ts'
import type { BallotKind } from '../process/facts.ts'

// How papers call what an election is made of.

export const kindWords: Readonly<Record<ElectionKind, string>> = {
  TERM: '换届选举',
  LATE: '延期换届选举',
  EARLY: '提前换届选举',
  BY_ELECTION: '补选',
  CO_OPTION: '增补选举',
  DELEGATES: '代表选举',
}
export const postWords: Readonly<Record<ElectedPost, string>> = { SECRETARY: '书记', DEPUTY_SECRETARY: '副书记' }

export const ballotWords: Readonly<Record<BallotKind, string>> = {
  PRELIMINARY: '预选',
  MAIN: '委员选举',
  RUN_OFF: '票数相等人员重新投票',
  SECOND: '另行选举',
  POSTS: '书记、副书记选举',
}
export const outcomeWords = {
  NOT_QUORATE: '到会人数不足，不能进行选举',
  VOID: '收回选票多于投票人数，选举无效',
  FILLED: '应选名额已选满',
  TIED: '末位票数相等，对其重新投票',
  TOO_FEW: '当选人数少于应选名额',
} as const

const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const
/** From 0 to 99, as clauses are numbered. */
export const numeral = (n: number): string =>
  n < 10 ? (digits[n] as string) : `${n < 20 ? '' : digits[Math.floor(n / 10)]}十${n % 10 === 0 ? '' : digits[n % 10]}`

/** 不少于应到会人数的五分之四. */
export const quorumWord = ({ numerator, denominator, operator }: Share, of: string): string =>
  `${operator === 'AT_LEAST' ? '不少于' : '超过'}${of}的${numeral(denominator)}分之${numeral(numerator)}`

/** 党员大会, or 党员代表大会 where delegates elect. */
export const assemblyWord = ({ body }: Pick<ElectionState, 'body'>): string =>
  body === 'CONGRESS' ? '党员代表大会' : '党员大会'
export const voterWord = ({ body }: Pick<ElectionState, 'body'>): string => (body === 'CONGRESS' ? '代表' : '党员')

const small: ReadonlySet<string> = new Set(['BRANCH', 'JOINT_BRANCH'])
export const committeeWord = ({ organisationKind }: Pick<ElectionState, 'organisationKind'>): string =>
  small.has(organisationKind) ? '支部委员会' : organisationKind === 'GENERAL_BRANCH' ? '总支部委员会' : '委员会'

/** 新一届 where a whole committee is elected, and 本届 where seats of it are filled. */
export const termWord = ({ kind }: Pick<ElectionState, 'kind'>): string => (isWhole(kind) ? '新一届' : '本届')
/** 书记、副书记, as far as they are filled. */
export const postNames = (posts: readonly ElectedPost[]): string =>
  (['SECRETARY', 'DEPUTY_SECRETARY'] as const)
    .filter(post => posts.includes(post))
    .map(post => postWords[post])
    .join('、')

/** 书记1名、副书记2名; empty where no post is filled. */
export const postsWord = (posts: readonly ElectedPost[]): string =>
  (['SECRETARY', 'DEPUTY_SECRETARY'] as const)
    .map(post => ({ post, count: posts.filter(one => one === post).length }))
    .filter(({ count }) => count > 0)
    .map(({ post, count }) => `${postWords[post]}${count}名`)
    .join('、')

export const exceptionWords: Readonly<Record<ExceptionReason, string>> = {
  CANNOT_EXPRESS_WILL: '不能表达本人意志',
  ABROAD: '出国（境）半年以上',
  SERVING_SENTENCE: '服刑',
  LONG_ILL: '长期卧床或病重',
  MOVED_AWAY: '外出半年以上且组织关系未转出',
  SETTLED_AWAY: '异地安置、居住',
  RIGHTS_SUSPENDED: '受留党察看处分',
  NOT_YET_HERE: '当时组织关系尚未转入',
  FLOATING: '流动党员，本人申请且确难到会',
  MEMBERSHIP_SUSPENDED: '停止党籍',
  DETAINED: '被留置、逮捕',
  CANNOT_RETURN: '在外难以返回',
  SECONDED: '借调半年以上',
}
