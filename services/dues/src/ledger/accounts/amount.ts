import { fail } from './errors.ts'

/** More than a county's dues of a thousand years: what is above was mistyped. */
const mostFen = 10n ** 13n

/** @throws DomainError BAD_INPUT for a sum of less than the least, or of more than there can be */
export function requireAmount(amountFen: bigint, field = 'amountFen', least = 1n): bigint {
  if (amountFen >= least && amountFen <= mostFen) return amountFen
  return fail('BAD_INPUT', {
    ...{ field, found: `${amountFen}` },
    ...{ wanted: `${least} to ${mostFen} fen`, wantedZh: `${least} 至 ${mostFen} 分` },
  })
}
