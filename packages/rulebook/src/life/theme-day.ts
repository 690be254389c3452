import { branchRegulation } from '../citations.ts'
import { type Citation, practiceArticle } from '../deadline.ts'

/** That a theme day is held each month is in the text; by which day of it, a county decides. */
export const themeDayCitation: Citation = {
  article: practiceArticle,
  source: `${branchRegulation}第十六条：每月相对固定 1 天；提醒日由县（市、区）设置`,
  certainty: 'SECONDARY',
}

/** By when the theme day of a month should have been held. @param month its first day */
export const themeDayDue = (month: string, by: number): string => `${month.slice(0, 8)}${String(by).padStart(2, '0')}`
