import { byPractice } from './citations.ts'

/** That the head of a branch which was long on the black list is talked with is a county's practice; it has set the day itself. */
export const boardTalkCitation = byPractice('连续三个月在黑榜的党支部由县（市、区）约谈，期限由其自定')

/** That nobody is named against their will is ours; it is answered in the days in which a county answers appeals. */
export const namingCitation = byPractice('不公布姓名的申请，按评分申诉的期限答复')
