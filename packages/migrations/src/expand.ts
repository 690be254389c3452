import { contractOf } from './plan.ts'

/** Comments, texts and bodies of functions say nothing of what a statement takes away. */
const bare = (sql: string): string =>
  sql
    .replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replace(/--[^\n]*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^']|'')*'/g, "''")

const statementsOf = (sql: string): string[] =>
  bare(sql)
    .split(';')
    .map(statement => statement.replace(/\s+/g, ' ').trim().toLowerCase())
    .filter(statement => statement !== '')

const nameIn = (statement: string, pattern: RegExp): string => pattern.exec(statement)?.[1]?.replaceAll('"', '') ?? ''

/** The parts of an `alter table`, cut at the commas between them and not at those in parentheses. */
function partsOf(statement: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const letter of statement.replace(/^alter table (?:if exists )?(?:only )?\S+ /, '')) {
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (letter === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map(part => part.trim())
}

type Made = {
  tables: ReadonlySet<string>
  things: ReadonlySet<string>
  dropped: ReadonlySet<string>
  indexes: ReadonlySet<string>
  /** Columns that are empty in every row there is, as `table.column`. */
  empty: ReadonlySet<string>
}
const thing = /^(?:create|drop)(?: or replace)? (?:function|procedure|view|trigger|policy) (?:if exists )?("?[\w.]+"?)/
/** Policies and triggers have their names within a table. */
const thingIn = (statement: string): string => {
  const within = /^\S+ (?:policy|trigger)/.test(statement) ? nameIn(statement, / on ("?[\w.]+"?)/) : ''
  return `${nameIn(statement, thing)} ${within}`
}

const madeIndex = /^create unique index (?:concurrently )?(?:if not exists )?"?(\w+)/
const indexed = / on (?:only )?("?[\w.]+"?) (?:using \w+ )?\(([^)]*)\)/
const droppedIndex = /^drop index (?:concurrently )?(?:if exists )?"?(\w+)/

/** Columns that a statement adds without a value: nobody of the release before writes any. */
const emptyIn = (statement: string): string[] => {
  const table = nameIn(statement, /^alter table (?:if exists )?(?:only )?("?[\w.]+"?)/)
  return table === ''
    ? []
    : partsOf(statement).flatMap(part => {
        const [, column] = /^add column (?:if not exists )?"?(\w+)/.exec(part) ?? []
        return column && !/\b(?:default|generated)\b/.test(part) ? [`${table}.${column}`] : []
      })
}
/** Whether a unique index has a column that is empty in all rows: nothing is alike that is nothing. */
const isOfEmpty = (statement: string, { empty }: Made): boolean => {
  const [, table = '', columns = ''] = indexed.exec(statement) ?? []
  const named = columns.split(',').map(column => column.trim().split(' ')[0]?.replaceAll('"', ''))
  return (
    !/nulls not distinct/.test(statement) && named.some(column => empty.has(`${table.replaceAll('"', '')}.${column}`))
  )
}

/** What the same file makes, or makes again, is nobody's yet, or still there. */
const madeIn = (statements: readonly string[]): Made => ({
  empty: new Set(statements.flatMap(emptyIn)),
  indexes: new Set(statements.map(one => nameIn(one, droppedIndex)).filter(name => name !== '')),
  tables: new Set(statements.map(one => nameIn(one, /^create table (?:if not exists )?("?[\w.]+"?)/))),
  things: new Set(statements.filter(one => one.startsWith('create')).map(thingIn)),
  dropped: new Set(
    statements.flatMap(one =>
      [...one.matchAll(/drop constraint (?:if exists )?"?(\w+)/g)].map(([, name]) => name ?? ''),
    ),
  ),
})

function breaksIn(part: string, { dropped }: Made): string | null {
  if (/^drop (?!constraint)/.test(part)) return 'takes a column away'
  if (/^rename (?!constraint)/.test(part)) return 'gives another name'
  if (/^set schema/.test(part)) return 'gives another name'
  if (/^add (?!constraint|check|unique|primary|foreign|exclude)/.test(part))
    return /\bnot null\b/.test(part) && !/\b(?:default|generated)\b/.test(part)
      ? 'wants a column of whoever writes'
      : null
  if (/^alter (?:column )?\S+ set not null/.test(part)) return 'wants a column of whoever writes'
  if (/^alter (?:column )?\S+ drop (?:default|identity|expression)/.test(part))
    return 'wants a column of whoever writes'
  if (/^alter (?:column )?\S+ (?:set data )?type\b/.test(part)) return 'changes a type'
  if (/^add (?:constraint|check|unique|primary|foreign|exclude)/.test(part))
    // Under the name of one that goes it is how a list of values grows.
    return dropped.has(nameIn(part, /^add constraint "?(\w+)/)) ? null : 'refuses rows that were good'
  return null
}

function breakOf(statement: string, made: Made): string | null {
  const table = nameIn(statement, /^alter table (?:if exists )?(?:only )?("?[\w.]+"?)/)
  if (table !== '' && !made.tables.has(table))
    return (
      partsOf(statement)
        .map(part => breaksIn(part, made))
        .find(found => found !== null) ?? null
    )
  if (/^drop (?:table|schema|type|domain|sequence|extension)\b/.test(statement)) return 'takes something away'
  if (/^drop (?:function|procedure|view|trigger|policy)\b/.test(statement))
    return made.things.has(thingIn(statement)) ? null : 'takes something away'
  if (/^revoke\b.*\bfrom\b.*\blinghang_(?:county|scoped|service|login)\b/.test(statement)) return 'takes a right away'
  // Under the name of one that goes it is how a rule comes to hold for less.
  if (
    /^create unique index\b/.test(statement) &&
    !made.indexes.has(nameIn(statement, madeIndex)) &&
    !isOfEmpty(statement, made) &&
    !made.tables.has(nameIn(statement, / on (?:only )?("?[\w.]+"?)/))
  )
    return 'refuses rows that were good'
  if (/^create policy\b.*\bas restrictive\b/.test(statement)) return 'hides rows that were seen'
  if (/^alter type\b.*\brename\b/.test(statement)) return 'gives another name'
  return null
}

/**
 * What in a migration services of the release before could not work with: while an upgrade takes place they run on the new
 * schema. A file that is marked as a contract step (`-- contract: 0.3.0 …`) may do it, since nobody needs that any more.
 *
 * @returns a line for each statement, empty where it only adds
 */
export function breaksOf(sql: string): string[] {
  if (contractOf({ name: '', sql }) !== null) return []
  const statements = statementsOf(sql)
  const made = madeIn(statements)
  return statements.flatMap(statement => {
    const found = breakOf(statement, made)
    return found === null ? [] : [`${found}: ${statement.slice(0, 100)}`]
  })
}
