import { monthOf, type Period } from '@linghang/rulebook'
import type { Lit } from '../../engine/sheet.ts'
import type { Changed } from '../scoring/score-touched.ts'

/** Whether what was published says another score or grade now: who has read the old one is to hear of it. */
export const isCorrected = ({ publishedOn, before, sheet }: Changed): boolean =>
  publishedOn !== null && before !== null && (before.score !== sheet.score || before.grade !== sheet.grade)

/** Lights that have come on: those that the sheet did not show before, and on a new sheet those of this month. */
const newlyLit = ({ before, sheet }: Changed, today: string): Lit[] =>
  sheet.lights.filter(({ key, since }) =>
    before === null ? since >= monthOf(today) : !before.lights.some(light => light.key === key),
  )

/** A light of an organisation's own, or of some of its members: of whom is not said. */
export type LightNews = { orgId: string; about: 'ORGANISATION' | 'MEMBERS'; since: string; colours: string[] }

/** What offices are told of lights: of each organisation and day once, and only of the time in which today lies. */
export function lightNews(changed: readonly Changed[], period: Period, today: string): LightNews[] {
  if (today < period.from || today > period.until) return []
  const news = new Map<string, LightNews>()
  for (const one of changed)
    for (const { colour, since } of newlyLit(one, today)) {
      const { orgId, subjectType } = one.sheet
      const about = subjectType === 'MEMBER' ? 'MEMBERS' : 'ORGANISATION'
      const key = `${orgId}/${about}/${since}`
      const known = news.get(key) ?? { orgId, about, since, colours: [] }
      news.set(key, { ...known, colours: [...new Set([...known.colours, colour])].sort() })
    }
  return [...news.values()]
}
