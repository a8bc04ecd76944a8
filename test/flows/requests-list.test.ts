import { describe, expect, it } from 'vitest';
import { newMessage } from './acting.ts';
import { approve, expectNoLiveButtons, newCard, press, request, saying, submit, told } from './requests.ts';
import { GENERAL, LICENSE, people, startWorld } from './world.ts';

describe('/wallaroo requests', () => {
  it('shows administrators all with buttons, others their own with `Withdraw`', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo activate ada@ex.co', 'for Ada');
    await request(world, people.steve, '/wallaroo deactivate testuser@wallaroo.ai', 'for Test');
    const listFor = async (userId: string) => {
      await world.slack.as(userId).type(LICENSE, '/wallaroo requests');
      return told(world, userId, LICENSE, /ending requests/);
    };
    const adas = await listFor(people.ada);
    expect(adas.text).toMatch(
      /activate ada@ex\.co[\s\S]*for Ada[\s\S]*deactivate testuser@wallaroo\.ai[\s\S]*for Test/,
    );
    expect(adas.buttons).toEqual(['Approve', 'Deny', 'Approve', 'Deny']);
    const mias = await listFor(people.mia);
    expect(mias.text).not.toContain('testuser@wallaroo.ai');
    expect(mias.buttons).toEqual(['Withdraw']);
  });

  it('is drawn again in place after each decision', async () => {
    const world = await startWorld();
    const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await request(world, people.steve, '/wallaroo deactivate testuser@wallaroo.ai');
    const ada = world.slack.as(people.ada);
    await ada.type(LICENSE, '/wallaroo requests');
    const list = await told(world, people.ada, LICENSE, 'Pending requests');
    await press(world, people.ada, list, { label: 'Deny', near: 'ada@ex.co' });
    await submit(world, people.ada, 'not now');
    const denied = await world.slack.until(() => {
      const now = ada.messages(LICENSE).find(({ ts }) => ts === list.ts);
      return now?.buttons.length === 2 ? now : undefined;
    });
    expect(denied.text).not.toContain('activate ada@ex.co');
    await saying(world, card, 'Denied by @Ada Admin');
    await ada.close('all');
    await press(world, people.ada, list, { label: 'Approve', near: 'testuser@wallaroo.ai' });
    await submit(world, people.ada);
    await world.slack.until(() =>
      ada.messages(LICENSE).find(({ ts, text }) => ts === list.ts && text.includes('No request is waiting')),
    );
    await expectNoLiveButtons(world);
  });

  it('is drawn again when somebody was faster, and for who cancels', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo activate ada@ex.co');
    const [ada, mia] = [world.slack.as(people.ada), world.slack.as(people.mia)];
    await ada.type(LICENSE, '/wallaroo requests');
    await mia.type(LICENSE, '/wallaroo requests');
    const adas = await told(world, people.ada, LICENSE, 'Pending requests');
    const mias = await told(world, people.mia, LICENSE, 'Your pending requests');
    await mia.press(mias, 'Withdraw');
    await world.slack.until(() =>
      mia.messages(LICENSE).find(({ ts, text }) => ts === mias.ts && text.includes('No request is waiting')),
    );
    expect((await press(world, people.ada, adas, 'Approve')).text).toContain(
      '@Mia Member has withdrawn this request.',
    );
    await world.slack.until(() =>
      ada.messages(LICENSE).find(({ ts, text }) => ts === adas.ts && text.includes('No request is waiting')),
    );
    await expectNoLiveButtons(world);
  });

  it('is drawn again after each press where it came as a direct message, as no other answer reached the person', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await request(world, people.mia, '/wallaroo activate nora@ex.co');
    await request(world, people.steve, '/wallaroo deactivate testuser@wallaroo.ai');
    const ada = world.slack.as(people.ada);
    // The bot is not in this channel.
    world.slack.faults.plan('response_url', { cut: 'before' });
    const list = await newMessage(world, people.ada, 'dm', () => ada.type(GENERAL, '/wallaroo requests'));
    const now = () => ada.dm().find(({ ts }) => ts === list.ts);
    await press(world, people.ada, list, { label: 'Deny', near: 'ada@ex.co' });
    await submit(world, people.ada, 'not now');
    await ada.close('all');
    await world.slack.until(() => now()?.buttons.length === 4);
    // Somebody else is faster.
    const card = await newCard(world, 'nora@ex.co');
    expect((await approve(world, people.ben, card)).text).toContain('is now active');
    const late = await press(world, people.ada, list, { label: 'Approve', near: 'nora@ex.co' });
    expect(late.text).toContain('@Ben Boss was faster');
    await ada.close('all');
    const left = await world.slack.until(() => (now()?.buttons.length === 2 ? now() : undefined));
    expect(left?.text).toContain('testuser@wallaroo.ai');
    expect(left?.text).not.toMatch(/nora@ex\.co|activate ada@ex\.co/);
    expect(ada.dm().filter(({ text }) => text.includes('Pending requests'))).toHaveLength(1);
    await expectNoLiveButtons(world);
  });

  it('leaves no copy of itself in the direct messages of those who decide over Home', async () => {
    const world = await startWorld();
    await request(world, people.mia, '/wallaroo activate ada@ex.co');
    await request(world, people.mia, '/wallaroo activate nora@ex.co');
    await request(world, people.steve, '/wallaroo deactivate testuser@wallaroo.ai');
    const ada = world.slack.as(people.ada);
    const listOverHome = async () => {
      await ada.close('all');
      await ada.openHome();
      await world.slack.until(() => ada.home());
      return press(world, people.ada, 'home', 'Requests');
    };
    expect((await listOverHome()).text).toMatch(/nora@ex\.co[\s\S]*testuser@wallaroo\.ai/);
    await press(world, people.ada, 'modal', { label: 'Deny', near: 'ada@ex.co' });
    expect((await submit(world, people.ada, 'not now')).text).toContain('Denied by @Ada Admin');
    await listOverHome();
    await press(world, people.ada, 'modal', { near: 'nora@ex.co' }, { option: 'Approve with changes…' });
    expect((await submit(world, people.ada)).text).toContain('nora@ex.co is now active');
    await listOverHome();
    expect((await press(world, people.ada, 'modal', 'Approve')).text).toContain('testuser@wallaroo.ai');
    await world.bot.settled();
    expect(ada.dm().filter(({ text }) => text.includes('Pending requests'))).toEqual([]);
    await expectNoLiveButtons(world);
  });
});
