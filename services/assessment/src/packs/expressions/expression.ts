import { type ASTNode, Environment, type ParseError } from '@marcbachmann/cel-js'
import { boundsOf } from './bounds.ts'
import { type Problem, problem } from './problems.ts'
import {
  type ExpressionUse,
  FactView,
  PeriodView,
  type Speech,
  SubjectView,
  speakerOf,
  speechOf,
  type Values,
} from './variables.ts'

/** Of this length and size an office can still say what a rule does; evaluation visits each part once at most. */
const mostCharacters = 500
const limits = { maxAstNodes: 120, maxDepth: 16, maxListElements: 20, maxMapEntries: 0, maxCallArguments: 2 }
/** In hundredths, as the schema of a pack bounds points. */
const mostPoints = 1_000_000

const language = new Environment({ limits })
  .registerFunction('floor(double): double', (value: number) => Math.floor(value))
  .registerFunction('min(double, double): double', (a: number, b: number) => (a < b ? a : b))
  .registerFunction('max(double, double): double', (a: number, b: number) => (a > b ? a : b))
  .registerFunction('min(int, int): int', (a: bigint, b: bigint) => (a < b ? a : b))
  .registerFunction('max(int, int): int', (a: bigint, b: bigint) => (a > b ? a : b))

const ctors = { fact: FactView, subject: SubjectView, period: PeriodView } as const
const typeNames = { fact: 'Fact', subject: 'Subject', period: 'Period' } as const

function environmentOf({ names, fields }: Speech): Environment {
  const environment = language.clone()
  for (const [name, type] of Object.entries(names)) environment.registerVariable(name, type)
  for (const owner of ['fact', 'subject', 'period'] as const) {
    const of = fields[owner]
    if (!of) continue
    environment.registerType(typeNames[owner], { ctor: ctors[owner], fields: of })
    environment.registerVariable(owner, typeNames[owner])
  }
  return environment
}

const wantedType = (use: ExpressionUse) =>
  use.for === 'POINTS'
    ? { types: ['int', 'double'], wanted: '分值（数字）', wantedEn: 'points (a number)' }
    : { types: ['bool'], wanted: '是或否的条件', wantedEn: 'a condition (true or false)' }

type Compiled = { evaluate: (values: Values) => unknown } | { problem: Problem }

function compile(expression: string, use: ExpressionUse): Compiled {
  const found = expression.length > 60 ? `${expression.slice(0, 60)}…` : expression
  const tooLarge = {
    problem: problem('EXPRESSION_TOO_LARGE', { found, nodes: limits.maxAstNodes, depth: limits.maxDepth }),
  }
  if (expression.length > mostCharacters) return tooLarge
  const speech = speechOf(use)
  const environment = environmentOf(speech)
  let parsed: {
    (context: Record<string, unknown>): unknown
    ast: ASTNode
    check(): { type?: string; error?: { summary: string } }
  }
  try {
    parsed = environment.parse(expression)
  } catch (error) {
    const { code, summary } = error as ParseError
    if (code === 'limit_exceeded') return tooLarge
    return { problem: problem('EXPRESSION_UNREADABLE', { found, reason: summary }) }
  }
  const bounded = boundsOf(parsed.ast, speech)
  if (bounded.problem) return { problem: bounded.problem }
  const { type, error } = parsed.check()
  if (error) return { problem: problem('EXPRESSION_MIXED', { found, reason: error.summary }) }
  const { types, ...wanted } = wantedType(use)
  if (!type || !types.includes(type))
    return { problem: problem('EXPRESSION_TYPE', { found, type: type ?? '', ...wanted }) }
  const speak = speakerOf(speech, bounded.paths)
  return { evaluate: values => parsed(speak(values)) }
}

function compiled(expression: string, use: ExpressionUse): (values: Values) => unknown {
  const made = compile(expression, use)
  if ('problem' in made) throw new Error(`an expression that was published does not compile: ${made.problem.en}`)
  return made.evaluate
}

/** What is wrong with an expression for its use; null where it may be published. */
export function problemOf(expression: string, use: ExpressionUse): Problem | null {
  const made = compile(expression, use)
  return 'problem' in made ? made.problem : null
}

/** An expression of a published pack that is a condition. It never fails when it is evaluated: `boundsOf` sees to it. */
export function conditionOf(
  expression: string,
  use: Exclude<ExpressionUse, { for: 'POINTS' }>,
): (values: Values) => boolean {
  const evaluate = compiled(expression, use)
  return values => evaluate(values) === true
}

/**
 * An expression of a published pack that gives points, in hundredths: rounded to the nearest, half up, from its decimal
 * text, so that 1.005 is 101 on every machine; less than nothing is nothing.
 */
export function pointsOf(
  expression: string,
  use: Extract<ExpressionUse, { for: 'POINTS' }>,
): (values: Values) => number {
  const evaluate = compiled(expression, use)
  return values => {
    const hundredths = Math.round(Number((Number(evaluate(values)) * 100).toFixed(4)))
    return Math.min(mostPoints, Math.max(0, hundredths))
  }
}
