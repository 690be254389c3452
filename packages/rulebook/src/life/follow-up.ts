import { addDays, type IsoDate } from '../calendar.ts'
import { branchRegulation, byPractice } from '../citations.ts'
import { type Citation, practiceArticle } from '../deadline.ts'
import { isWorkingDay, workingDayFrom } from '../working-days.ts'

/** That a superior looks at records and has a branch answer is its practice; by when, it says itself. */
export const remarkCitation: Citation = byPractice('上级查看组织生活记录提出意见，答复期限由上级确定')

/** That a committee inspects ledgers by a day, and tells the branch what it has found, is its practice; it has announced the day itself. */
export const ledgerReviewCitation: Citation = byPractice('机关党建季度考核抽查组织生活台账，完成期限由党委公布')

/** That what was found is mended one by one is in the text; by when, the branch has written down itself. */
export const measureCitation: Citation = {
  article: practiceArticle,
  source: `${branchRegulation}第十七条：整改措施逐条落实；期限由支部确定`,
  certainty: 'SECONDARY',
}

const closesAtMinute = 17 * 60

/** Minutes since midnight, Asia/Shanghai, which is eight hours ahead of UTC. */
export const minuteOfDay = (at: Date): number => (Math.floor(at.getTime() / 60_000) + 8 * 60) % (24 * 60)

/**
 * The working day on which a branch hears of what was said: the same one while offices are open or have yet to open.
 * @param minute of the day, Asia/Shanghai
 */
export const heardOn = (today: IsoDate, minute: number): IsoDate =>
  isWorkingDay(today) && minute < closesAtMinute ? today : workingDayFrom(addDays(today, 1))
