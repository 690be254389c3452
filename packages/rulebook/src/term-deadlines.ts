import type { IsoDate } from './calendar.ts'
import { type Citation, createDeadline, type Deadline } from './deadline.ts'

const termEnds: Citation = {
  article: '第三条',
  source: '《中国共产党基层组织选举工作条例》（2020 年）；《关于党的基层组织任期的意见》（2018 年）',
  certainty: 'VERIFIED',
}

/** The date by which an organisation elects anew; none where its term is not known. Pure. */
export const termDeadlines = ({ termEnd }: { termEnd: IsoDate | null }): Deadline[] =>
  termEnd === null ? [] : [createDeadline('TERM_ENDS', termEnd, 'LATEST', termEnds)]
