/** Sends one picture; answers where it is, or why it was not taken. */
export async function uploadImage(file: File, name: string): Promise<{ url: string } | { refused: string }> {
  try {
    const answer = await fetch(
      `/api/community/images?name=${encodeURIComponent(name.slice(0, 200) || 'image')}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'x-elepherd-csrf': '1' },
        body: file,
      },
    );
    const body = (await answer.json()) as { url?: string; detail?: string };
    return answer.ok && body.url !== undefined ? { url: body.url } : { refused: body.detail ?? '' };
  } catch {
    return { refused: '' };
  }
}
