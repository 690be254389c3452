import { addDays, monthOf, type Period } from '@linghang/rulebook'
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

/**
 * Lights that are out again: those that the sheet showed before, wherever its subject belongs by now. That one is no longer green
 * is no good news, and no other.
 */
const goneOut = ({ before, sheet }: Changed): Lit[] =>
  (before?.lights ?? []).filter(
    ({ key, colour }) => colour !== 'GREEN' && !sheet.lights.some(light => light.key === key),
  )

/** A light of an organisation's own, or of some of its members: of whom is not said. */
export type LightNews = { orgId: string; about: 'ORGANISATION' | 'MEMBERS'; day: string; colours: string[] }

/** What is told of each organisation and day once. */
function newsOf(changed: readonly Changed[], found: (one: Changed) => { colour: string; day: string }[]): LightNews[] {
  const news = new Map<string, LightNews>()
  for (const one of changed)
    for (const { colour, day } of found(one)) {
      const { orgId, subjectType } = one.sheet
      const about = subjectType === 'MEMBER' ? 'MEMBERS' : 'ORGANISATION'
      const key = `${orgId}/${about}/${day}`
      const known = news.get(key) ?? { orgId, about, day, colours: [] }
      news.set(key, { ...known, colours: [...new Set([...known.colours, colour])].sort() })
    }
  return [...news.values()]
}

/** What offices are told of lights that have come on: only of the time in which today lies. */
export const lightNews = (changed: readonly Changed[], { from, until }: Period, today: string): LightNews[] =>
  today < from || today > until
    ? []
    : newsOf(changed, one => newlyLit(one, today).map(({ colour, since }) => ({ colour, day: since })))

/**
 * What they are told of lights that are out: of the time in which today lies, and in the month behind it of that which is just
 * over. Its last month is judged in its own sheet when it is over: the next time's first sheet shows nothing of the light.
 */
export const clearedNews = (changed: readonly Changed[], { from, until }: Period, today: string): LightNews[] =>
  today < from || monthOf(today) > addDays(until, 1)
    ? []
    : newsOf(changed, one => goneOut(one).map(({ colour }) => ({ colour, day: today })))
