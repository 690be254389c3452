import type { FactKindRule } from '../../facts/kinds/fact-kind-rule.ts'
import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import { type PackDocument, packDocument, type Scale } from '../documents/pack.ts'
import { expressionsOf } from './expressions-of.ts'
import { type Finding, note, refused, wrong } from './finding.ts'
import { referencesOf } from './references.ts'
import { refusalsOf } from './refusals.ts'
import { shapeOf } from './shape.ts'

/** More than these nobody reads at once; the first ones are mended first. */
const mostFindings = 200
const mostCharacters = 200_000

/** Who is not measured like the others (R10): a scale of members says how it treats each of them. */
const spared = ['OLD', 'ILL', 'FLOATING', 'ABROAD'] as const

function unsparing(document: PackDocument): Finding[] {
  const own = new Set(document.scales.flatMap(({ exemptions }) => exemptions.map(({ scale }) => scale)))
  const asks = ({ subject, key }: Scale) => subject === 'MEMBER' && !own.has(key)
  return document.scales.flatMap((scale, i) => {
    const left = asks(scale) ? spared.filter(reason => !scale.exemptions.some(one => one.reason === reason)) : []
    return left.length === 0
      ? []
      : refused(`scales[${i}].exemptions`, 'NO_EXEMPTION', 'R10', {
          zh: `党员标准“${scale.title}”没有写明如何对待 ${left.join('、')}`,
          en: `The scale of members “${scale.title}” does not say how it treats ${left.join(', ')}`,
        })
  })
}

/** What a pack asks people to write down, for whoever publishes it to see (R7). */
function askedByHand({ scales }: PackDocument): Finding[] {
  const isByHand = (kind: string) => (factKinds[kind as keyof typeof factKinds] as FactKindRule).told === 'BY_HAND'
  const kinds = scales.flatMap(({ indicators }) =>
    indicators.flatMap(({ reads }) => ('kind' in reads ? reads.kind : [])),
  )
  const asked = [...new Set(kinds)].filter(isByHand)
  if (asked.length === 0) return []
  const names = asked.map(kind => factKinds[kind as keyof typeof factKinds].name)
  return [
    note('', 'ASKED_BY_HAND', 'R7', {
      zh: `本办法有 ${asked.length} 类事实须由人记录：${names.map(({ zh }) => zh).join('、')}；每月计入基层负担`,
      en: `The pack asks people to write down ${asked.length} kinds of facts: ${names.map(({ en }) => en).join('; ')}. They are counted as a burden each month`,
    }),
  ]
}

/**
 * What is to be said of a pack before it may be published: refusals with their rule (R14), what is wrong, and what ought to be
 * known. Pure, and bounded by what a document may be.
 */
export function findingsOf(document: unknown): Finding[] {
  const parsed = packDocument.safeParse(document)
  const refusals = refusalsOf(document)
  // A forbidden field is told by its rule; that the schema does not know it adds nothing.
  const isTold = ({ path, code }: Finding) =>
    code === 'SHAPE' && refusals.some(one => one.code === 'FORBIDDEN_FIELD' && one.path.startsWith(path))
  if (!parsed.success)
    return [...refusals, ...shapeOf(parsed.error.issues).filter(one => !isTold(one))].slice(0, mostFindings)
  const wrongs = [...referencesOf(parsed.data), ...expressionsOf(parsed.data)]
  const notes = wrongs.length === 0 ? askedByHand(parsed.data) : []
  return [...refusals, ...unsparing(parsed.data), ...wrongs, ...notes].slice(0, mostFindings)
}

/** Whether a pack with these findings may be published. */
export const isPublishable = (findings: readonly Finding[]): boolean => findings.every(({ kind }) => kind === 'NOTE')

/** The same of a document as it was sent. @returns the document where it may be published */
export function readPack(text: string): { findings: Finding[]; document: PackDocument | null } {
  if (text.length > mostCharacters)
    return {
      findings: [
        wrong('', 'TOO_LONG', {
          zh: `办法有 ${text.length} 个字符，最多 ${mostCharacters} 个`,
          en: `The pack has ${text.length} characters, at most ${mostCharacters} are allowed`,
        }),
      ],
      document: null,
    }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return {
      findings: [
        wrong('', 'NOT_JSON', {
          zh: '不是有效的 JSON：请检查引号、逗号和括号是否配对',
          en: 'This is not JSON: look at quotes, commas and brackets',
        }),
      ],
      document: null,
    }
  }
  const findings = findingsOf(document)
  return { findings, document: isPublishable(findings) ? packDocument.parse(document) : null }
}
