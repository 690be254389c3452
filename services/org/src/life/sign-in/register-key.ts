import { useCase } from '../../work.ts'
import { readPublicKey } from './code.ts'
import { fail } from './errors.ts'
import { signInStore } from './store.ts'

/**
 * The public key of one's own phone, by which the branch knows codes that it signs; nobody has to have one.
 * @returns the member's id @throws DomainError SIGN_IN_WITHOUT_FILE, BAD_INPUT
 */
export const registerSignInKey = useCase('registerSignInKey', async (work, { publicKey }: { publicKey: string }) => {
  const { tx, actor, now } = work
  if (actor.memberId === null) return fail('SIGN_IN_WITHOUT_FILE')
  const key =
    readPublicKey(publicKey) ??
    fail('BAD_INPUT', {
      ...{ field: 'publicKey', found: publicKey.length },
      wanted: 'the 32 bytes of an Ed25519 public key, base64url: 43 characters',
      wantedZh: 'Ed25519 公钥的 32 个字节（base64url，43 个字符）',
    })
  await signInStore.addKey(tx, actor.countyId, { memberId: actor.memberId, publicKey: key, registeredAt: now })
  return actor.memberId
})
