import { isIsoDate } from '@linghang/rulebook'
import type { ASTNode } from '@marcbachmann/cel-js'
import { type Problem, problem } from './problems.ts'
import type { Speech } from './variables.ts'

/** No number of a rule is larger; two of them multiplied with a count stay far within 64 bits. */
const mostNumber = 10_000
const leastDivisor = 0.01
const mostProducts = 2

const functions = new Set(['double', 'min', 'max', 'floor'])
const comparing = new Set(['==', '!=', '<', '<=', '>', '>=', 'in'])
const reckoning = new Set(['+', '-', '*', '/', '%', '&&', '||', '?:', '!_', '-_', ...comparing])

export type Bounded = { paths: Set<string>; problem: Problem | null }

const textOf = (node: ASTNode): string => node.input.slice(node.start, node.end)
const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value

const partsOf = (node: ASTNode): ASTNode[] => {
  if (node.op === 'value' || node.op === 'id') return []
  return [node.args].flat(2).filter(isNode)
}

const numberOf = (node: ASTNode): number | null => {
  if (node.op === '-_') return numberOf(node.args)
  const value = node.op === 'value' ? node.args : null
  return typeof value === 'bigint' || typeof value === 'number' ? Math.abs(Number(value)) : null
}

const pathOf = (node: ASTNode): string | null => {
  if (node.op === 'id') return node.args
  return node.op === '.' && node.args[0].op === 'id' ? `${node.args[0].args}.${node.args[1]}` : null
}

/** A divisor that is never zero: a number, or `max` with one. */
const isDivisor = (node: ASTNode): boolean => {
  if (node.op === 'call')
    return node.args[0] === 'max' && node.args[1].some(part => part.op === 'value' && isDivisor(part))
  return (numberOf(node) ?? 0) >= leastDivisor
}

const productsIn = (node: ASTNode): number => Math.max(0, ...partsOf(node).map(productsIn)) + (node.op === '*' ? 1 : 0)

/**
 * Whether an expression keeps within what a rule may do: it reads declared values, compares, reckons and chooses. There are
 * no loops, no functions that read a clock or match patterns, and nothing in it can fail when it is evaluated: no divisor
 * is zero and no product leaves 64 bits. @returns what it reads, and the first problem
 */
export function boundsOf(root: ASTNode, speech: Speech): Bounded {
  const paths = new Set<string>()
  const typeOf = (path: string) => {
    const [owner = '', name] = path.split('.')
    return name === undefined ? speech.names[owner] : speech.fields[owner]?.[name]
  }
  const spoken = () =>
    [
      ...Object.keys(speech.names),
      ...Object.entries(speech.fields).flatMap(([owner, of]) => Object.keys(of).map(name => `${owner}.${name}`)),
    ].join('、')

  const walkPath = (path: string, isCompared: boolean): Problem | null => {
    const type = typeOf(path)
    if (type === undefined) return problem('EXPRESSION_NAME', { found: path, wanted: spoken() })
    paths.add(path)
    // Text is only compared: nothing is made of it that could fail or grow.
    return type === 'string' && !isCompared ? problem('EXPRESSION_FORBIDDEN', { found: path }) : null
  }

  const walkValue = (node: ASTNode, isCompared: boolean): Problem | null => {
    const number = numberOf(node)
    if (number !== null)
      return number <= mostNumber ? null : problem('EXPRESSION_NUMBER', { found: textOf(node), most: mostNumber })
    const isText = node.op === 'value' && typeof node.args === 'string'
    if (node.op === 'value' && (typeof node.args === 'boolean' || (isText && isCompared))) return null
    return problem('EXPRESSION_FORBIDDEN', { found: textOf(node) })
  }

  /** A word of a closed set is one of the set: who mistypes it is told, and does not get a rule that never applies. */
  const walkWords = (parts: readonly ASTNode[]): Problem | null => {
    const path = parts.map(pathOf).find(found => found === 'fact.day' || speech.words.has(found ?? '')) ?? ''
    const isDay = path === 'fact.day'
    const words = speech.words.get(path) ?? []
    const said = path ? parts.flatMap(part => (part.op === 'list' ? part.args : [part])) : []
    for (const part of said) {
      if (part.op !== 'value' || typeof part.args !== 'string') continue
      if (isDay ? isIsoDate(part.args) : words.includes(part.args)) continue
      return problem('EXPRESSION_WORD', { path, found: part.args, wanted: isDay ? '2026-03-05' : words.join('、') })
    }
    return null
  }

  const walkCall = (node: ASTNode): Problem | null => {
    const [left, right] = node.op === '/' || node.op === '%' || node.op === '*' ? (node.args as [ASTNode, ASTNode]) : []
    if (!left || !right) return null
    if (node.op !== '*') return isDivisor(right) ? null : problem('EXPRESSION_DIVISOR', { found: textOf(node) })
    const isScaled = numberOf(left) !== null || numberOf(right) !== null
    return isScaled && productsIn(node) <= mostProducts ? null : problem('EXPRESSION_PRODUCT', { found: textOf(node) })
  }

  const walk = (node: ASTNode, above: ASTNode | null): Problem | null => {
    const isCompared = above !== null && (comparing.has(above.op) || above.op === 'list')
    const path = pathOf(node)
    if (path !== null) return walkPath(path, isCompared)
    if (node.op === 'value') return walkValue(node, isCompared)
    const isAllowed =
      reckoning.has(node.op) ||
      (node.op === 'call' && functions.has(node.args[0])) ||
      (node.op === 'list' && above?.op === 'in' && node.args.every(part => part.op === 'value'))
    if (!isAllowed) return problem('EXPRESSION_FORBIDDEN', { found: textOf(node) })
    const parts = partsOf(node)
    const own = (comparing.has(node.op) ? walkWords(parts) : null) ?? walkCall(node)
    return parts.reduce<Problem | null>((found, part) => found ?? walk(part, node), own)
  }
  return { paths, problem: walk(root, null) }
}
