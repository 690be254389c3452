import { CountyMoves } from '@linghang/access'
import { sqlStateOf } from '@linghang/database'
import { z } from 'zod'

/** SQLSTATE classes of statements that will fail the same way next time: bad data, broken constraint, wrong SQL. */
const permanentStates = /^(22|23|42)/

/** Whether trying again later may help: anything but a message that this program or its tables can never take. */
export function mayPass(error: unknown): boolean {
  // A county stands still for as long as its rows are copied; once it has left, nothing of it may be written here again.
  if (error instanceof CountyMoves) return error.standing === 'STILL'
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return false
  // A reaction whose own events break their schema would hold its partition for ever.
  if (error instanceof z.ZodError) return false
  return !permanentStates.test(sqlState(error) ?? '')
}

function sqlState(error: unknown): string | undefined {
  const { code, meta } = error as { code?: string; meta?: { code?: string } }
  return sqlStateOf(error) ?? meta?.code ?? code
}

/** The reason without the values: a constraint's message may quote a row. */
export const reasonOf = (error: unknown): string => {
  const state = sqlState(error)
  if (state) return `${(error as Error).name} ${state}`
  if (error instanceof z.ZodError) return `${error.name}: ${error.issues.map(issue => issue.path.join('.')).join(', ')}`
  return `${(error as Error).name}: ${(error as Error).message.slice(0, 200)}`
}
