import type { Fact } from '../facts/fact.ts'
import type { Values } from '../packs/expressions/variables.ts'

const mostRemembered = 5_000
const readsMore = /\b(subject|period)\b|fact\s*\.\s*(day|quantity)|\[/
const readsSubject = /\bsubject\b/

/**
 * Fifty thousand people have a few dozen different things said of them: what an expression comes to for each is worked out
 * once. An expression that may speak of more than its key holds is not remembered by that key.
 */
export function rememberedFact(text: string, evaluate: (values: Values) => boolean) {
  if (readsMore.test(text)) return (beside: Beside, fact: Fact): boolean => evaluate({ ...beside, fact })
  const known = new WeakMap<Fact['attributes'], boolean>()
  return (beside: Beside, fact: Fact): boolean => {
    const before = known.get(fact.attributes)
    if (before !== undefined) return before
    const counts = evaluate({ ...beside, fact })
    known.set(fact.attributes, counts)
    return counts
  }
}
export type Beside = Pick<Values, 'subject' | 'period'>
export type Counts = ReturnType<typeof rememberedFact>

/** The same for what is asked of a span: by what was gathered in it, and by whom it is where the expression asks that. */
export function rememberedSpan<T>(texts: readonly string[], evaluate: (values: Values) => T): (values: Values) => T {
  const asksWho = texts.some(text => readsSubject.test(text))
  const known = new Map<string, T>()
  return values => {
    const { facts, scores, period, subject } = values
    const who = asksWho ? `${subject.kind}|${subject.months}|${subject.unitKind}|${subject.people}` : ''
    const what = facts
      ? `${facts.count}|${facts.total}|${facts.sum}|${facts.latest}`
      : `s${scores?.count}|${scores?.mean}|${scores?.share}`
    const key = `${what}|${period?.over}|${period?.months}|${who}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = evaluate(values)
    if (known.size >= mostRemembered) known.clear()
    known.set(key, found)
    return found
  }
}
