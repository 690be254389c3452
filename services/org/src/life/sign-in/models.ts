export type SignInKey = { memberId: string; publicKey: Uint8Array; registeredAt: Date }
