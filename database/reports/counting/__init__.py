"""What every figure is counted with: periods as days, stock at a day, what may leave the house."""
