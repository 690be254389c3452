import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const scalar = (name: string, wanted: string, accepts: (text: string) => boolean): GraphQLScalarType => {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && accepts(value)) return value
    throw new GraphQLError(`${name}: found ${JSON.stringify(value)?.slice(0, 40)}, wanted ${wanted}`, {
      extensions: { code: 'BAD_USER_INPUT' },
    })
  }
  return new GraphQLScalarType<string, string>({
    name,
    serialize: value => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: read,
    parseLiteral: node => read(node.kind === Kind.STRING ? node.value : undefined),
  })
}

/** Nobody in a register was born before, and nothing is planned after; a database has no year 0. */
const [firstYear, lastYear] = [1900, 2999]

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const year = Number(text.slice(0, 4))
  if (year < firstYear || year > lastYear) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}

/** A calendar date of the law, in Asia/Shanghai. */
export const dateScalar = scalar('Date', `a date such as 2026-11-22, from ${firstYear} to ${lastYear}`, isDay)
/** An instant, UTC. */
export const dateTimeScalar = scalar('DateTime', 'an instant such as 2026-11-22T01:00:00Z', text => {
  const year = new Date(text).getUTCFullYear()
  return year >= firstYear && year <= lastYear
})
/** Money in fen as a string of digits: a float would lose them. */
export const fenScalar = scalar('Fen', 'whole fen as a string of digits', text => /^-?\d{1,18}$/.test(text))
