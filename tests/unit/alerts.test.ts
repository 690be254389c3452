import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { cases } from '../alerts/cases.ts'
import { checkRules, testRules } from '../alerts/promtool.ts'
import { alerts, groups, root } from '../alerts/rules.ts'

const known = alerts()
const runbooks = join(root, 'docs/runbooks')
const forOperators = readFileSync(join(root, 'docs/for-operators.md'), 'utf8')

const firedDir = join(root, 'tests/alerts/fired')
const fired = readdirSync(firedDir)
  .map(file => readFileSync(join(firedDir, file), 'utf8'))
  .join('')

describe('alerts', () => {
  test('platform promtool finds nothing wrong with the rules', async () => {
    expect(await checkRules()).toBe('')
  })

  test('platform each alert fires when it is to, and not before, and is silent when it is not', async () => {
    expect(await testRules(cases)).toBe('')
  })

  test('platform what a rule asks of another was recorded before it, in its own group: groups are evaluated in no order', () => {
    const misplaced = groups().flatMap(({ name, rules }) =>
      rules.flatMap((rule, at) => {
        const before = new Set(rules.slice(0, at).flatMap(one => ('record' in one ? [one.record] : [])))
        const asked = rule.expr.match(/\blinghang:[\w:]+/g) ?? []
        return asked.filter(recorded => !before.has(recorded)).map(recorded => `${name}: ${recorded}`)
      }),
    )
    expect(misplaced).toEqual([])
  })

  test('platform a case that is wrong is found', async () => {
    const [first] = cases.filter(({ firesAt }) => firesAt !== undefined)
    expect(await testRules([{ ...first, firesAt: (first?.firesAt ?? 0) + 1 } as (typeof cases)[number]])).toContain(
      'FAILED',
    )
  })

  test('platform names of alerts are said once', () => {
    const names = known.map(({ alert }) => alert)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(known)('platform $alert has its words in both languages, a runbook and cases of both kinds', alert => {
    expect(alert.for).toMatch(/^\d+[mh]$/)
    expect(['critical', 'warning']).toContain(alert.labels.severity)
    for (const text of [alert.annotations.summary, alert.annotations.description]) {
      expect(text).toMatch(/\p{Script=Han}/u)
      expect(text).toMatch(/[a-z]{3}/)
    }
    expect(alert.annotations.runbook_url).toBe(`%RUNBOOKS%/${alert.alert}.md`)
    const ours = cases.filter(one => one.alert === alert.alert)
    expect(ours.some(({ firesAt }) => firesAt !== undefined)).toBe(true)
    expect(ours.some(({ silentUntil }) => silentUntil !== undefined)).toBe(true)
  })

  test.each(known)('platform the runbook of $alert says what it means, how to see it and what to do', ({ alert }) => {
    const file = join(runbooks, `${alert}.md`)
    expect(existsSync(file)).toBe(true)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(new RegExp(`^# ${alert} \\(.*\\p{Script=Han}.*\\)\n`, 'u'))
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      ...['What it means', 'Who notices', 'How to see it', 'What to do', 'How it was proven'],
    ])
    expect(forOperators).toContain(`(runbooks/${alert}.md)`)
  })

  test.each(known)('platform $alert is fired by a real fault', ({ alert }) => {
    expect(fired).toMatch(new RegExp(`watching\\.fires\\(\\s*'${alert}'`))
  })

  test('platform every runbook is of an alert, or a procedure (in small letters) that operators are told of', () => {
    const files = readdirSync(runbooks).map(file => file.replace(/\.md$/, ''))
    const isProcedure = (file: string) => /^[a-z-]+$/.test(file) && forOperators.includes(`(runbooks/${file}.md)`)
    expect(files.filter(file => !known.some(({ alert }) => alert === file) && !isProcedure(file))).toEqual([])
  })
})
