import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '@linghang/devstack'
import { helmUnittestProgram } from './programs.ts'
import { chart } from './render.ts'

/** One case of `cases/`, as helm-unittest judged it. */
type Case = { suite: string; name: string; fault: string | null }

const unescaped = (text: string): string =>
  text.replace(/&(#x?[0-9A-Fa-f]+|\w+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
    return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name] ?? whole
  })

/** Reads what helm-unittest writes in JUnit's form. */
export function casesIn(report: string): Case[] {
  return [...report.matchAll(/<testsuite\b[^>]*\sname="([^"]*)"[^>]*>(.*?)<\/testsuite>/gs)].flatMap(
    ([, suite = '', inner = '']) =>
      [...inner.matchAll(/<testcase\b[^>]*\sname="([^"]*)"[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs)].map(
        ([, name = '', body = '']) => ({
          suite: unescaped(suite),
          name: unescaped(name),
          fault: /<(failure|error)/.test(body) ? unescaped(body.replace(/<[^>]*>/g, '')).trim() : null,
        }),
      ),
  )
}

/** Every case of `cases/`, rendered and judged by helm-unittest in one go. */
export async function runCases(): Promise<Case[]> {
  const folder = mkdtempSync(join(tmpdir(), 'linghang-cases-'))
  try {
    const report = join(folder, 'report.xml')
    // The pattern counts from the chart's folder.
    const args = ['--file', '../../../tests/chart/cases/*_test.yaml', '--output-file', report, '--output-type', 'JUnit']
    const { stdout, stderr } = await runCommand(await helmUnittestProgram(), [...args, chart], { timeoutMs: 900_000 })
    try {
      return casesIn(readFileSync(report, 'utf8'))
    } catch {
      throw new Error(`helm-unittest has written no report: ${stderr || stdout}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
