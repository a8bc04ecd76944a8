import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { type Action, startLittleApp } from './little-app.ts';
import { describeInBrowser, message, modal, say, seeFault, useStage } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (text: string, value: string) => ({ text: plain(text), value });
const section = (text: string, accessory?: object) => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...(accessory === undefined ? {} : { accessory }),
});
const input = (label: string, element: object) => ({
  type: 'input',
  block_id: label,
  label: plain(label),
  element: { action_id: label, ...element },
});
const confirm = {
  title: plain('Really?'),
  text: plain('It cannot be taken back.'),
  confirm: plain('Do it'),
  deny: plain('Leave it'),
};

describeInBrowser('elements', () => {
  const bench = useStage(startLittleApp);

  /** What the app is told when somebody does this. */
  const told = async (doing: () => Promise<unknown>): Promise<Action | undefined> => {
    const { actions, slack } = bench.stage();
    const before = actions.length;
    await doing();
    await slack.until(() => actions.length > before);
    return actions.at(-1);
  };
  /** Searches in a select and takes what is found first, with the keyboard alone. */
  const pick = async (select: Locator, typed: string, found: string): Promise<void> => {
    const page = select.page();
    await select.focus();
    await page.keyboard.type(typed);
    await page.getByRole('option', { name: found }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };

  it('takes a press also where a message comes before the button is up again', async () => {
    const page = await bench.open('as=U0ADA');
    await bench
      .stage()
      .post([
        section('Ready?'),
        { type: 'actions', elements: [{ type: 'button', action_id: 'ready', text: plain('Yes') }] },
      ]);
    const button = message(page, 'Ready?').getByRole('button', { name: 'Yes' });
    await button.hover();
    const pressed = told(async () => {
      await page.mouse.down();
      const read = page.waitForResponse(
        async (response) =>
          response.url().includes('/control/state?') && (await response.text()).includes('Another'),
      );
      await bench.stage().post([section('Another message')]);
      await read;
      // What is read is drawn by then, unless the page waits.
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
      await page.mouse.up();
    });
    expect(await pressed).toMatchObject({ action_id: 'ready' });
    await message(page, 'Another message').waitFor();
  });

  it('lets people be found in a users menu, and reports who was chosen', async () => {
    const page = await bench.open('as=U0ADA');
    await bench.stage().post([section('Whom?', { type: 'users_select', action_id: 'whom' })]);
    const menu = message(page, 'Whom?').getByRole('combobox');
    expect(await told(() => pick(menu, 'ben', 'Ben Boss'))).toMatchObject({
      action_id: 'whom',
      selected_user: 'U0BEN',
    });
    await menu.fill('nobody of this name');
    await page.getByText('No results').waitFor();
    await menu.press('Escape');
    expect(await menu.inputValue()).toBe('Ben Boss');
  });

  it('asks the app for the options of an external select once enough is typed', async () => {
    const asked: string[] = [];
    bench.stage().app.options('animal', async ({ ack, payload }) => {
      asked.push(payload.value);
      const animals = ['wallaby', 'wallaroo', 'wombat'].filter((name) => name.startsWith(payload.value));
      await ack({ options: animals.map((name) => option(name, name)) as never[] });
    });
    const page = await bench.open('as=U0ADA');
    const select = { type: 'external_select', action_id: 'animal', min_query_length: 2 };
    await bench.stage().post([section('Which animal?', select)]);
    const menu = message(page, 'Which animal?').getByRole('combobox');
    await menu.focus();
    await page.keyboard.type('w');
    await page.getByText('Type at least 2 characters to search').waitFor();
    expect(asked).toEqual([]);
    expect(await told(() => pick(menu, 'allar', 'wallaroo'))).toMatchObject({
      selected_option: { value: 'wallaroo' },
    });
  });

  it('asks first where an element wants it, and sends nothing after a no', async () => {
    const page = await bench.open('as=U0ADA');
    const danger = { ...confirm, style: 'danger' };
    const button = { type: 'button', action_id: 'burn', text: plain('Burn'), confirm: danger };
    const menu = { type: 'overflow', action_id: 'more', options: [option('Bury', 'bury')], confirm };
    await bench.stage().post([section('What now?'), { type: 'actions', elements: [button, menu] }]);
    const card = message(page, 'What now?');
    const before = bench.stage().actions.length;
    await card.getByRole('button', { name: 'Burn' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Really?' });
    await dialog.getByText('It cannot be taken back.').waitFor();
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'Burn' }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(bench.stage().actions).toHaveLength(before);

    await card.getByRole('button', { name: 'Burn' }).click();
    const burn = await told(() => dialog.getByRole('button', { name: 'Do it' }).click());
    expect(burn).toMatchObject({ action_id: 'burn' });
    await card.getByRole('button', { name: 'More actions' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Bury' }).press('Enter');
    expect(await told(() => page.keyboard.press('Enter'))).toMatchObject({
      selected_option: { value: 'bury' },
    });
  });

  it('keeps what is filled into a modal, shows the faults that the app finds, and sends all of it', async () => {
    const { app, slack } = bench.stage();
    const size = { options: [option('Small', 's'), option('Large', 'l')] };
    const blocks = [
      input('Size', { type: 'radio_buttons', ...size }),
      input('Extras', { type: 'checkboxes', options: [option('Tail', 'tail'), option('Pouch', 'pouch')] }),
      input('Food', { type: 'external_select', min_query_length: 0 }),
      input('Born', { type: 'datepicker' }),
      input('Name', { type: 'plain_text_input' }),
    ];
    app.command('/wallaroo', async ({ ack, client, body }) => {
      await ack();
      const view = {
        type: 'modal',
        callback_id: 'pet',
        title: plain('A pet'),
        submit: plain('Adopt'),
        blocks,
      };
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
    });
    app.options('Food', ({ ack }) => ack({ options: [option('grass', 'grass')] as never[] }));
    let sent: unknown;
    app.view('pet', async ({ ack, view }) => {
      const { values } = view.state;
      if (values.Name?.Name?.value === 'x')
        return ack({ response_action: 'errors', errors: { Name: 'Too short' } });
      sent = values;
      return ack();
    });
    const page = await bench.open('as=U0ADA');
    await say(page, '/wallaroo');
    const form = modal(page, 'A pet');
    await form.getByRole('radio', { name: 'Large' }).press('Space');
    await form.getByRole('checkbox', { name: 'Pouch' }).press('Space');
    const food = form.getByRole('combobox', { name: 'Food' });
    await food.click();
    await page.getByRole('option', { name: 'grass' }).click();
    await form.getByLabel('Born').fill('2024-02-29');
    const name = form.getByRole('textbox', { name: 'Name' });
    await name.fill('x');
    await form.getByRole('button', { name: 'Adopt' }).click();
    await seeFault(name, 'Too short');
    expect(await food.inputValue()).toBe('grass');
    await name.fill('Skippy');
    await name.press('Enter');
    await form.waitFor({ state: 'detached' });
    await slack.until(() => sent !== undefined);
    expect(sent).toMatchObject({
      Size: { Size: { selected_option: { value: 'l' } } },
      Extras: { Extras: { selected_options: [{ value: 'pouch' }] } },
      Food: { Food: { selected_option: { value: 'grass' } } },
      Born: { Born: { selected_date: '2024-02-29' } },
      Name: { Name: { value: 'Skippy' } },
    });
  });

  it('writes moments in the zone of the browser', async () => {
    const seconds = Date.UTC(2026, 0, 1, 23, 30) / 1000;
    await bench.stage().post([section(`Due <!date^${seconds}^{date_num} at {time}|never>`)]);
    const see = async (timezoneId: string, text: string) => {
      const page = await bench.open('as=U0ADA', { timezoneId });
      await page.getByText(text).waitFor();
    };
    await Promise.all([
      see('Asia/Tokyo', '2026-01-02 at 8:30 AM'),
      see('America/Lima', '2026-01-01 at 6:30 PM'),
    ]);
  });
});
