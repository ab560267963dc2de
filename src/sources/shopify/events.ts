/** Topics that people want to hear of: https://shopify.dev/docs/api/webhooks */
export const EVENTS: Readonly<Record<string, string>> = {
  'orders.create': 'An order came in.',
  'orders.paid': 'An order was paid.',
  'orders.fulfilled': 'An order was sent.',
  'orders.partially_fulfilled': 'A part of an order was sent.',
  'orders.cancelled': 'An order was cancelled.',
  'orders.delete': 'An order was deleted.',
  'refunds.create': 'Money was given back.',
  'disputes.create': 'A customer disputes a payment.',
  'disputes.update': 'A dispute was decided or moved on.',
  'products.create': 'A product was added.',
  'products.delete': 'A product was deleted.',
  'app.uninstalled': 'A shop removed the app.',
  'customers.data_request': 'A customer asks what the app knows; the law sets a time for the answer.',
  'customers.redact': 'What the app knows of a customer has to be deleted.',
  'shop.redact': 'What the app knows of a shop has to be deleted.',
};

/** Topics that would be most of what comes. */
export const IGNORES: Readonly<Record<string, string>> = {
  'orders.updated': 'Every other topic of an order is followed by it.',
  'orders.edited': 'It tells of the lines alone; the order’s own topics tell the rest.',
  'products.update': 'Every sale changes a product’s stock.',
  'inventory_levels.update': 'Every sale changes it.',
  'inventory_items.update': 'Every sale changes it.',
  'customers.update': 'Every order changes its customer.',
  'carts.create': 'A cart is no order yet.',
  'carts.update': 'A cart is no order yet.',
  'checkouts.create': 'A checkout is no order yet.',
  'checkouts.update': 'A checkout is no order yet.',
};
