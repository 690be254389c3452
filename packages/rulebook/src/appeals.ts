import { addDays, type IsoDate } from './calendar.ts'
import type { Citation } from './deadline.ts'
import { lastWorkingDay } from './working-days.ts'

/** In how many working days an appeal is heard, and answered. */
export type AppealDays = { hearDays: number; answerDays: number }

/** What complaints are answered in where nothing else is said (12345 热线的地方惯例): a county decides of its own. */
export const commonAppealDays: AppealDays = { hearDays: 5, answerDays: 13 }

/** No county may let anybody wait longer. */
export const longestAppealDays = { workingDays: 20, days: 30 } as const

/**
 * That whoever is concerned can complain and is answered is in the texts against formalism; in how many days is not: those are
 * what hotlines keep. Its article is no practice's, so that an office above hears of an appeal that nobody answers.
 */
export const appealCitation: Citation = {
  article: '评分申诉',
  source: '整治“指尖上的形式主义”有关规定：设置投诉反馈功能并及时答复；办理期限参照政务热线惯例（PRACTICE）',
  certainty: 'RECALLED',
}

const dueIn = (openedOn: IsoDate, workingDays: number): IsoDate => {
  const { on } = lastWorkingDay(addDays(openedOn, 1), workingDays)
  const latest = addDays(openedOn, longestAppealDays.days)
  return on < latest ? on : latest
}

/** By which days an appeal of that day is heard and answered; the day itself does not count, and nobody waits more than 30. */
export const appealDueDays = (openedOn: IsoDate, { hearDays, answerDays }: AppealDays) => ({
  hearBy: dueIn(openedOn, hearDays),
  answerBy: dueIn(openedOn, answerDays),
})
